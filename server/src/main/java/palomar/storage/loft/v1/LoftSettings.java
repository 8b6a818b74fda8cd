package palomar.storage.loft.v1;

import java.nio.file.Path;

/// How a loft is kept.
///
/// @param directory the store's folder; made when missing
/// @param shards parts of the store that commit side by side, 1 to 256; counts only when the store is made
/// @param sync what is synced before it is acknowledged
/// @param compress zstd for bodies where it saves a tenth
/// @param tuning sizes and periods that only testers and large sites touch
public record LoftSettings(Path directory, int shards, Sync sync, boolean compress, LoftTuning tuning) {

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
        return new LoftSettings(directory, Math.min(16, cores), Sync.MAIL, false, LoftTuning.defaults());
    }

    static final int MOST_SHARDS = 256;

    public LoftSettings {
        if (shards < 1 || shards > MOST_SHARDS) {
            throw new IllegalArgumentException("shards: 1 to 256, not " + shards);
        }
    }

    public LoftSettings withShards(int number) {
        return new LoftSettings(directory, number, sync, compress, tuning);
    }

    public LoftSettings withSync(Sync wanted) {
        return new LoftSettings(directory, shards, wanted, compress, tuning);
    }

    public LoftSettings withCompress(boolean wanted) {
        return new LoftSettings(directory, shards, sync, wanted, tuning);
    }

    public LoftSettings withTuning(LoftTuning wanted) {
        return new LoftSettings(directory, shards, sync, compress, wanted);
    }
}
