package palomar.scripts;

import java.util.Optional;

/// How much one user may keep. RFC 5804 1.5
///
/// @param scripts at most
/// @param scriptBytes of one script at most
/// @param totalBytes of all scripts together at most
public record ScriptLimits(int scripts, long scriptBytes, long totalBytes) {
    public static final ScriptLimits USUAL = new ScriptLimits(100, 1 << 20, 10 << 20);

    public ScriptLimits {
        if (scripts < 1 || scriptBytes < 1 || totalBytes < 1) {
            throw new IllegalArgumentException("nobody could keep a script");
        }
    }

    /// What of the limits is exceeded.
    public enum Excess {
        /// RFC 5804 1.3: QUOTA/MAXSCRIPTS
        TOO_MANY,
        /// RFC 5804 1.3: QUOTA/MAXSIZE
        TOO_BIG,
        /// RFC 5804 1.3: QUOTA
        TOO_MUCH
    }

    /// What would be exceeded; empty: there is room.
    ///
    /// @param others scripts that stay beside the one that comes
    /// @param otherBytes their bytes
    Optional<Excess> excess(int others, long otherBytes, long size) {
        if (size > scriptBytes) {
            return Optional.of(Excess.TOO_BIG);
        }
        if (others >= scripts) {
            return Optional.of(Excess.TOO_MANY);
        }
        return otherBytes + size > totalBytes ? Optional.of(Excess.TOO_MUCH) : Optional.empty();
    }
}
