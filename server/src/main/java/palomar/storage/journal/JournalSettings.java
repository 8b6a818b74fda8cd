package palomar.storage.journal;

import java.time.Duration;

/// How a journal commits.
///
/// @param maxBatchGroups most groups written with one sync
/// @param maxBatchBytes most bytes written with one sync, a single larger group excepted
/// @param lazySync longest time until what was only written is synced too
/// @param recoveryPause time between attempts to go on after a failed sync
public record JournalSettings(int maxBatchGroups, long maxBatchBytes, Duration lazySync, Duration recoveryPause) {
    public static final JournalSettings DEFAULTS =
            new JournalSettings(256, 4 << 20, Duration.ofSeconds(1), Duration.ofSeconds(1));

    public JournalSettings {
        if (maxBatchGroups < 1 || maxBatchBytes < 1 || !lazySync.isPositive() || !recoveryPause.isPositive()) {
            throw new IllegalArgumentException("journal settings out of range");
        }
    }

    public JournalSettings withLazySync(Duration longest) {
        return new JournalSettings(maxBatchGroups, maxBatchBytes, longest, recoveryPause);
    }

    public JournalSettings withRecoveryPause(Duration pause) {
        return new JournalSettings(maxBatchGroups, maxBatchBytes, lazySync, pause);
    }
}
