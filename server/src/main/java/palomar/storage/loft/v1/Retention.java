package palomar.storage.loft.v1;

/// How long a mailbox remembers which messages were expunged (QRESYNC, RFC 7162 3.2.5.2). What is younger than
/// `days` or among the newest `changes` is remembered; see [Vanished] for the bound on memory.
///
/// @param changes expunged messages, 1,000 or more
/// @param days 0 or more
public record Retention(long changes, int days) {
    public static final Retention USUAL = new Retention(100_000, 30);

    public Retention {
        if (changes < 1000 || days < 0) {
            throw new IllegalArgumentException("history of expunges: at least 1000 changes and 0 days");
        }
    }
}
