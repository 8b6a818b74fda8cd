package palomar.scripts;

import java.time.Instant;

/// A user's script in a list.
///
/// @param size in bytes
/// @param modified when its content changed last
public record ScriptEntry(ScriptName name, long size, boolean active, Instant modified) {}
