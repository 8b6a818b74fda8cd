package palomar.auth;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import palomar.password.ScramHash;

/// Salts of users who have none: unknown ones, and those whose password is stored in clear. Always the same for a
/// name, so that nobody can tell them from stored ones by asking twice. RFC 5802 5.1. Safe for many threads.
public final class InventedSalts {
    private static final int LENGTH = 16;

    private final byte[] key;
    private final int iterations;

    /// @param key secret, and the same after a restart
    /// @param iterations what new keys cost
    public InventedSalts(byte[] key, int iterations) {
        this.key = key.clone();
        this.iterations = iterations;
    }

    public ScramSalt of(ScramHash hash, String user) {
        byte[] text = (hash.mechanism() + "\0" + user).getBytes(StandardCharsets.UTF_8);
        return new ScramSalt(Arrays.copyOf(ScramHash.SHA_256.mac(key, text), LENGTH), iterations);
    }
}
