package palomar.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;

/// `{SCRAM-SHA-1}` and `{SCRAM-SHA-256}`: keys that serve SCRAM and passwords sent in clear alike.
record ScramScheme(ScramHash hash) implements Scheme {
    static final int NEW_SALT = 16;

    @Override
    public String name() {
        return hash.mechanism();
    }

    @Override
    public Encoding encoding() {
        return Encoding.NONE;
    }

    @Override
    public Work work(byte[] data) {
        return Work.SLOW;
    }

    @Override
    public Verdict verify(byte[] password, byte[] data) {
        Optional<ScramKeys> keys = ScramKeys.parse(hash, data);
        if (keys.isEmpty()) {
            return Verdict.MALFORMED;
        }
        if (password.length == 0) {
            return Verdict.MISMATCH;
        }
        ScramKeys stored = keys.get();
        ScramKeys given = ScramKeys.of(hash, password, stored.salt(), stored.iterations());
        return Verdict.of(MessageDigest.isEqual(given.storedKey(), stored.storedKey()));
    }

    @Override
    public byte[] hash(byte[] password, HashSettings settings, SecureRandom random) {
        if (password.length == 0) {
            throw new IllegalArgumentException("an empty password has no SCRAM keys");
        }
        byte[] salt = new byte[NEW_SALT];
        random.nextBytes(salt);
        return ScramKeys.of(hash, password, salt, settings.scramIterations())
                .print()
                .getBytes(StandardCharsets.US_ASCII);
    }
}
