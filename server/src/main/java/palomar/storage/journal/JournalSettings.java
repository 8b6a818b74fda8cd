package palomar.storage.journal;

import java.time.Duration;

/// How a journal commits.
///
/// @param maxBatchGroups most groups written with one sync
/// @param maxBatchBytes most bytes written with one sync, a single larger group excepted
/// @param lazySync longest time until what was only written is synced too
public record JournalSettings(int maxBatchGroups, long maxBatchBytes, Duration lazySync) {
    public static final JournalSettings DEFAULTS = new JournalSettings(256, 4 << 20, Duration.ofSeconds(1));

    public JournalSettings {
        if (maxBatchGroups < 1 || maxBatchBytes < 1 || lazySync.isNegative() || lazySync.isZero()) {
            throw new IllegalArgumentException("journal settings out of range");
        }
    }
}
