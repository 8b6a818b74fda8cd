package palomar.storage;

/// What a user has, or what a change adds to it. RFC 9208 5
///
/// @param storage bytes of all messages: the sum of their RFC822.SIZE
/// @param messages how many
/// @param mailboxes how many, INBOX included
/// @param annotations bytes of all annotations' values
public record QuotaUsage(long storage, long messages, long mailboxes, long annotations) {
    public static QuotaUsage ofMail(long storage, long messages) {
        return new QuotaUsage(storage, messages, 0, 0);
    }
}
