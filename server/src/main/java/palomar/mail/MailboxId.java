package palomar.mail;

/// A mailbox's identity in its store: stable across rename, never reused. Shown to clients as MAILBOXID, RFC 8474
/// 5.1.
public record MailboxId(long value) implements Comparable<MailboxId> {
    @Override
    public int compareTo(MailboxId other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return "M" + Long.toHexString(value);
    }
}
