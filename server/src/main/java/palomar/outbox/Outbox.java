package palomar.outbox;

/// Takes mail that is to leave the house. Safe for many threads.
public interface Outbox {

    /// What became of a message.
    enum Taken {
        /// On disk; it will be sent.
        QUEUED,
        /// The key was used before (within [SpoolSettings#remember]): nothing was done, and nothing needs to be.
        KNOWN
    }

    /// Returns when content and envelope are safe on disk, also against a power cut.
    ///
    /// Throws MailException and keeps nothing when it can't be taken: UNAVAILABLE when the queue is full or the
    /// disk fails, DISK_FULL, LIMIT when the message is too big or has too many recipients. The first two are
    /// temporary: the caller lets its own peer try again, with the same key.
    Taken enqueue(OutgoingMessage message);
}
