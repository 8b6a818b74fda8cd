package palomar.delivery;

/// Told once whether a sender knows what became of his message. Never throws for what fails then.
@FunctionalInterface
public interface Receipt {
    Receipt NONE = reached -> {};

    /// @param reached false: the answer may be lost, and the message may come again
    void answered(boolean reached);
}
