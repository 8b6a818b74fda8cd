package palomar.storage.loft.v1;

/// What a mailbox counts, or by how much one record changes it.
///
/// @param messages how many
/// @param unseen without `\Seen`
/// @param deleted with `\Deleted`
/// @param deletedBytes the sum of their sizes
/// @param bytes the sum of all sizes
record Counters(long messages, long unseen, long deleted, long deletedBytes, long bytes) {
    static final Counters ZERO = new Counters(0, 0, 0, 0, 0);

    Counters plus(Counters more) {
        return new Counters(
                messages + more.messages,
                unseen + more.unseen,
                deleted + more.deleted,
                deletedBytes + more.deletedBytes,
                bytes + more.bytes);
    }

    void pack(Packer to) {
        to.signed(messages).signed(unseen).signed(deleted).signed(deletedBytes).signed(bytes);
    }

    static Counters unpack(Unpacker from) {
        return new Counters(from.signed(), from.signed(), from.signed(), from.signed(), from.signed());
    }
}
