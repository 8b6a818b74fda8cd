package palomar.smtp.client;

/// When a sender wants to hear of a recipient. RFC 3461 4.1
public enum Notify {
    /// Stands alone.
    NEVER,
    SUCCESS,
    FAILURE,
    DELAY
}
