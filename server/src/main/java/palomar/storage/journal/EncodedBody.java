package palomar.storage.journal;

import palomar.bytes.ByteSource;

/// A body as it is stored: a block table and blocks, each with its checksum, compressed where that pays.
///
/// @param table the block table, see docs/storage/loft-v1.md
/// @param blocks the blocks, one after the other; must stay readable until the group is committed
/// @param rawLength bytes of the content itself
public record EncodedBody(byte[] table, ByteSource blocks, long rawLength) {
    /// Bytes of payload in the log.
    public long storedLength() {
        return table.length + blocks.size();
    }
}
