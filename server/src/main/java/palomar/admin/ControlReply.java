package palomar.admin;

/// Where a verb writes its answer.
@FunctionalInterface
public interface ControlReply {
    /// One line for the operator; line breaks in it become spaces. Throws nothing when he has gone: the verb goes
    /// on.
    void line(String text);
}
