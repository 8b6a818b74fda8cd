package palomar.storage.journal;

/// A frame's header as it stands in the log; see docs/storage/loft-v1.md for the bytes.
///
/// @param lsn where the frame begins, a multiple of 8
/// @param payloadLength bytes of payload, 0 to 2^32-1, padding not included
/// @param type 1 to 255, its meaning is the business of the engine above
/// @param flags bits of this record's constants
/// @param version version of the payload's layout, the engine's business
/// @param mailbox mailbox id; 0 for the shard as a whole
/// @param epoch epoch of the opening that wrote it
/// @param groupLsn where the first frame of its group begins
/// @param syncedLsn everything before this was durable when the frame was written; may be too low, never too high
/// @param payloadCrc CRC32C of the payload; of its block table only when [#BLOCKS] is set
public record FrameHeader(
        long lsn,
        long payloadLength,
        int type,
        int flags,
        int version,
        long mailbox,
        long epoch,
        long groupLsn,
        long syncedLsn,
        int payloadCrc) {
    /// Bytes of a header.
    public static final int SIZE = 48;

    /// The last frame of its group: the group counts.
    public static final int LAST = 1;

    /// The payload is a body: a block table and blocks that carry checksums of their own.
    public static final int BLOCKS = 2;

    /// The payload is encrypted by the engine above.
    public static final int ENCRYPTED = 4;

    public boolean last() {
        return (flags & LAST) != 0;
    }

    public boolean blocks() {
        return (flags & BLOCKS) != 0;
    }

    /// Where the payload begins.
    public long payloadLsn() {
        return lsn + SIZE;
    }

    /// Where the next frame begins.
    public long endLsn() {
        return lsn + frameLength(payloadLength);
    }

    /// Bytes that a frame with this much payload takes, header and padding included.
    public static long frameLength(long payloadLength) {
        return SIZE + (payloadLength + 7 & ~7L);
    }
}
