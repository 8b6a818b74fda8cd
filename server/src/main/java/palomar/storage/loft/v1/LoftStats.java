package palomar.storage.loft.v1;

import java.util.List;
import java.util.Map;

/// What a loft consists of: for `palomar loft stats`.
///
/// @param shards in the order of their numbers
public record LoftStats(List<ShardStats> shards) {

    /// One shard.
    ///
    /// @param messages living messages in all mailboxes
    /// @param messageBytes the sum of their RFC822.SIZE
    /// @param segments log segments
    /// @param logBytes bytes of log in them
    /// @param storedBytes bytes that they occupy on disk, reserved space included
    /// @param liveBytes bytes of bodies that still have an owner, about
    /// @param frames how many of each kind, by its name
    /// @param frameBytes bytes of each kind, by its name
    public record ShardStats(
            int number,
            long users,
            long mailboxes,
            long messages,
            long messageBytes,
            long segments,
            long logBytes,
            long storedBytes,
            long liveBytes,
            Map<String, Long> frames,
            Map<String, Long> frameBytes) {}
}
