package palomar.password;

import java.time.Duration;

/// Limits of password verification.
///
/// @param allowWeak whether MD5, DES and their kin are accepted
/// @param threads costly verifications at once; more than there are cores only slows everything
/// @param memoryKib memory that all verifications together may hold, in KiB
/// @param patience how long one waits for its turn before the login is called unavailable
/// @param hashes how new hashes are made
public record PasswordSettings(boolean allowWeak, int threads, long memoryKib, Duration patience, HashSettings hashes) {
    private static final long LEAST_MEMORY_KIB = 64 * 1024;

    public PasswordSettings {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads must be 1 to 1024, not " + threads);
        }
        if (memoryKib < 1024 || memoryKib > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("memory must be at least 1 MiB and less than 2 TiB");
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience can't be negative");
        }
    }

    /// One thread a core; a quarter of the heap, but enough for one hash as Dovecot makes them.
    public static PasswordSettings defaults() {
        Runtime runtime = Runtime.getRuntime();
        long quarter = Math.min(runtime.maxMemory() / 4 / 1024, Integer.MAX_VALUE);
        return new PasswordSettings(
                false,
                runtime.availableProcessors(),
                Math.max(quarter, LEAST_MEMORY_KIB),
                Duration.ofSeconds(10),
                HashSettings.DEFAULT);
    }

    public PasswordSettings withHashes(HashSettings other) {
        return new PasswordSettings(allowWeak, threads, memoryKib, patience, other);
    }

    public PasswordSettings withWeakAllowed(boolean allowed) {
        return new PasswordSettings(allowed, threads, memoryKib, patience, hashes);
    }
}
