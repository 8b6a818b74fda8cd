package palomar.storage.loft.v1;

/// Sizes and periods of a loft.
///
/// @param segmentBytes size of a log segment, at least 64 KiB
/// @param checkpointBytes log of one shard until its next checkpoint
/// @param checkpointSeconds longest time until the next checkpoint, when something was written
/// @param idleBytes heap for rows of mailboxes that nobody has open
/// @param mostUnindexed frames of a mailbox outside its index file, before the file is brought up to date
/// @param history how long expunges are remembered
public record LoftTuning(
        long segmentBytes,
        long checkpointBytes,
        int checkpointSeconds,
        long idleBytes,
        int mostUnindexed,
        Retention history) {

    /// Sensible values for this machine.
    public static LoftTuning defaults() {
        long heap = Runtime.getRuntime().maxMemory();
        long idle = Math.clamp(heap / 16, 4L << 20, 256L << 20);
        return new LoftTuning(256L << 20, 64L << 20, 60, idle, 128, Retention.USUAL);
    }

    public LoftTuning {
        if (segmentBytes < 64 << 10
                || checkpointBytes < 1
                || checkpointSeconds < 1
                || idleBytes < 0
                || mostUnindexed < 0) {
            throw new IllegalArgumentException("loft tuning out of range");
        }
    }

    public LoftTuning withSegmentBytes(long bytes) {
        return new LoftTuning(bytes, checkpointBytes, checkpointSeconds, idleBytes, mostUnindexed, history);
    }

    public LoftTuning withCheckpointBytes(long bytes) {
        return new LoftTuning(segmentBytes, bytes, checkpointSeconds, idleBytes, mostUnindexed, history);
    }

    public LoftTuning withCheckpointSeconds(int seconds) {
        return new LoftTuning(segmentBytes, checkpointBytes, seconds, idleBytes, mostUnindexed, history);
    }

    public LoftTuning withIdleBytes(long bytes) {
        return new LoftTuning(segmentBytes, checkpointBytes, checkpointSeconds, bytes, mostUnindexed, history);
    }

    public LoftTuning withMostUnindexed(int frames) {
        return new LoftTuning(segmentBytes, checkpointBytes, checkpointSeconds, idleBytes, frames, history);
    }

    public LoftTuning withHistory(Retention retention) {
        return new LoftTuning(segmentBytes, checkpointBytes, checkpointSeconds, idleBytes, mostUnindexed, retention);
    }
}
