package palomar.storage;

/// Counters of a mailbox, all of one moment. RFC 9051 6.3.11
///
/// @param messages how many there are
/// @param recent with UIDs at or above the mark that the last read-write session left; RFC 3501 2.3.2
/// @param unseen without `\Seen`
/// @param deleted with `\Deleted`
/// @param deletedBytes the sum of their sizes; RFC 9208 5: DELETED-STORAGE
/// @param size sum of RFC822.SIZE in bytes
/// @param uidNext 1 to 2^32-1
/// @param uidValidity 1 to 2^32-1
/// @param highestModSeq 1 to 2^63-1
public record MailboxStatus(
        long messages,
        long recent,
        long unseen,
        long deleted,
        long deletedBytes,
        long size,
        long uidNext,
        long uidValidity,
        long highestModSeq) {}
