package palomar.imap.proto;

/// The name a client gives to a command, repeated in the tagged answer. RFC 9051 2.2.1
///
/// @param value ASCII, never empty; `*` stands for a command whose tag could not be read ([#NONE])
public record Tag(String value) {
    /// No readable tag: the answer to such a command is untagged.
    public static final Tag NONE = new Tag("*");

    @Override
    public String toString() {
        return value;
    }
}
