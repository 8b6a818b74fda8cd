package palomar.storage.journal;

import java.util.List;

/// What opening a journal found.
///
/// @param fromLsn where the replay began
/// @param endLsn where the log ends
/// @param frames frames replayed
/// @param discardedBytes of the torn last write, 0 after a clean close
/// @param damages what was skipped, in LSN order
public record Recovery(long fromLsn, long endLsn, long frames, long discardedBytes, List<Damage> damages) {}
