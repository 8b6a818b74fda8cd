package palomar.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// `[storage]`
public record StorageSection(
        @Setting(doc = "The directory of the store. Default: \"loft\" in the data directory.")
        Optional<Path> path,

        @Setting(
                doc =
                        "What waits for the disk before it is acknowledged: \"mail\" (messages and mailboxes; flags within a"
                                + " second), \"all\" (flags too), \"none\" (nothing: a crash of the machine loses mail).",
                value = "mail")
        Sync sync,

        @Setting(doc = "Compresses bodies with zstd where it saves at least a tenth.", value = "false")
        boolean compression,

        @Setting(
                doc =
                        "Parts into which users are spread, each with its own journal. Only used when the store is made; 0: as"
                                + " many as processors, at most 16.",
                value = "0",
                min = "0",
                max = "256")
        int shards,

        @Setting(doc = "The size of a journal segment.", value = "256MiB", min = "1MiB", max = "1GiB")
        ByteSize segment,

        @Setting(doc = "How often the index is saved at the latest.", value = "60s", min = "1s", max = "1h")
        Duration checkpoint,

        @Setting(
                doc =
                        "Expunges of the last so many days are remembered for QRESYNC, and those of vanished_changes; a client"
                                + " that was away longer compares all UIDs.",
                value = "30",
                min = "0",
                max = "3650")
        int vanishedDays,

        @Setting(
                doc =
                        "So many of a mailbox's newest expunged messages are remembered however long ago that was. Beyond both"
                                + " settings, and beyond a million runs of UIDs (16 MB) in one mailbox, the oldest are forgotten.",
                value = "100000",
                min = "1000",
                max = "10000000")
        int vanishedChanges) {

    /// What waits for the disk.
    public enum Sync {
        ALL,
        MAIL,
        NONE
    }
}
