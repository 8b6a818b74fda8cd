package palomar.storage.loft.v1;

import java.nio.file.Path;

/// How a loft is kept.
///
/// @param directory the store's folder; made when missing
/// @param shards parts of the store that commit side by side, 1 to 256; counts only when the store is made
/// @param sync what is synced before it is acknowledged
/// @param compress zstd for bodies where it saves a tenth
/// @param segmentBytes size of a log segment
/// @param checkpointBytes log written until the next checkpoint
/// @param checkpointSeconds longest time until the next checkpoint, when something was written
/// @param idleBytes heap for rows of mailboxes that nobody has open
public record LoftSettings(
        Path directory,
        int shards,
        Sync sync,
        boolean compress,
        long segmentBytes,
        long checkpointBytes,
        int checkpointSeconds,
        long idleBytes) {

    /// What is synced before a method returns; the rest is written before, and synced within a second.
    public enum Sync {
        /// Everything, flag changes and expunges too.
        ALL,
        /// New mail, copies, moves and the mailbox tree.
        MAIL,
        /// Nothing: for tests and throw-away stores.
        NONE
    }

    /// Sensible values for a folder on this machine.
    public static LoftSettings of(Path directory) {
        int cores = Runtime.getRuntime().availableProcessors();
        long heap = Runtime.getRuntime().maxMemory();
        return new LoftSettings(
                directory,
                Math.min(16, 2 * cores),
                Sync.MAIL,
                false,
                256L << 20,
                64L << 20,
                60,
                Math.clamp(heap / 16, 4L << 20, 256L << 20));
    }

    public LoftSettings {
        if (shards < 1 || shards > 256) {
            throw new IllegalArgumentException("shards: 1 to 256, not " + shards);
        }
        if (segmentBytes < 64 << 10 || checkpointBytes < 1 || checkpointSeconds < 1 || idleBytes < 0) {
            throw new IllegalArgumentException("loft settings out of range");
        }
    }

    public LoftSettings withShards(int number) {
        return new LoftSettings(
                directory, number, sync, compress, segmentBytes, checkpointBytes, checkpointSeconds, idleBytes);
    }

    public LoftSettings withSync(Sync wanted) {
        return new LoftSettings(
                directory, shards, wanted, compress, segmentBytes, checkpointBytes, checkpointSeconds, idleBytes);
    }

    public LoftSettings withCompress(boolean wanted) {
        return new LoftSettings(
                directory, shards, sync, wanted, segmentBytes, checkpointBytes, checkpointSeconds, idleBytes);
    }

    public LoftSettings withSegmentBytes(long bytes) {
        return new LoftSettings(
                directory, shards, sync, compress, bytes, checkpointBytes, checkpointSeconds, idleBytes);
    }

    public LoftSettings withCheckpointBytes(long bytes) {
        return new LoftSettings(
                directory, shards, sync, compress, segmentBytes, bytes, checkpointSeconds, idleBytes);
    }

    public LoftSettings withIdleBytes(long bytes) {
        return new LoftSettings(
                directory, shards, sync, compress, segmentBytes, checkpointBytes, checkpointSeconds, bytes);
    }
}
