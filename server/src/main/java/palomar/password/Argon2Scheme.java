package palomar.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2i and Argon2id as PHC strings: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. RFC 9106
///
/// The name decides how new hashes are made; either accepts both types, as libsodium does. Argon2d is not
/// taken: it is open to side channels and nobody stores it.
record Argon2Scheme(String name, int type) implements Scheme {
    static final int MAX_MEMORY_KIB = 1024 * 1024;
    static final int MAX_ITERATIONS = 64;
    static final int MAX_PARALLELISM = 16;

    private static final int NEW_SALT = 16;
    private static final int NEW_KEY = 32;
    private static final int MAX_BYTES = 128;

    @Override
    public Encoding encoding() {
        return Encoding.NONE;
    }

    @Override
    public Work work(byte[] data) {
        return phc(data).map(phc -> new Work(true, phc.memoryKib)).orElse(Work.NONE);
    }

    @Override
    public Verdict verify(byte[] password, byte[] data) {
        Optional<Phc> phc = phc(data);
        if (phc.isEmpty()) {
            return Verdict.MALFORMED;
        }
        return Verdict.of(MessageDigest.isEqual(phc.get().key, derive(password, phc.get())));
    }

    @Override
    public byte[] hash(byte[] password, HashSettings settings, SecureRandom random) {
        Phc phc = fresh(settings, random);
        return phc.text(derive(password, phc)).getBytes(StandardCharsets.US_ASCII);
    }

    /// Any hash does; computing one would cost every start of the server.
    @Override
    public byte[] decoy(HashSettings settings, SecureRandom random) {
        byte[] hash = new byte[NEW_KEY];
        random.nextBytes(hash);
        return fresh(settings, random).text(hash).getBytes(StandardCharsets.US_ASCII);
    }

    private Phc fresh(HashSettings settings, SecureRandom random) {
        byte[] salt = new byte[NEW_SALT];
        random.nextBytes(salt);
        return new Phc(
                type,
                Argon2Parameters.ARGON2_VERSION_13,
                settings.argon2MemoryKib(),
                settings.argon2Iterations(),
                settings.argon2Parallelism(),
                salt,
                new byte[NEW_KEY]);
    }

    private static byte[] derive(byte[] password, Phc phc) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(phc.type)
                .withVersion(phc.version)
                .withMemoryAsKB(phc.memoryKib)
                .withIterations(phc.iterations)
                .withParallelism(phc.parallelism)
                .withSalt(phc.salt)
                .build());
        byte[] key = new byte[phc.key.length];
        generator.generateBytes(password, key);
        return key;
    }

    /// Empty when the text is no such hash or asks for more than the limits.
    private static Optional<Phc> phc(byte[] data) {
        String[] fields = new String(data, StandardCharsets.ISO_8859_1).split("\\$", -1);
        int at = fields.length == 6 ? 3 : 2; // without v= it is version 16
        if (fields.length != at + 3 || !fields[0].isEmpty()) {
            return Optional.empty();
        }
        String[] costs = fields[at].split(",", -1);
        if (costs.length != 3) {
            return Optional.empty();
        }
        try {
            Phc phc = new Phc(
                    type(fields[1]),
                    at == 2 ? Argon2Parameters.ARGON2_VERSION_10 : number(fields[2], "v="),
                    number(costs[0], "m="),
                    number(costs[1], "t="),
                    number(costs[2], "p="),
                    Base64.getDecoder().decode(fields[at + 1]),
                    Base64.getDecoder().decode(fields[at + 2]));
            return phc.withinLimits() ? Optional.of(phc) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int type(String name) {
        return switch (name) {
            case "argon2i" -> Argon2Parameters.ARGON2_i;
            case "argon2id" -> Argon2Parameters.ARGON2_id;
            default -> throw new IllegalArgumentException("not argon2i or argon2id");
        };
    }

    private static int number(String text, String prefix) {
        if (!text.startsWith(prefix)) {
            throw new IllegalArgumentException("expected " + prefix);
        }
        return Integer.parseInt(text.substring(prefix.length()));
    }

    /// A parsed hash; `key` is the hash itself, or has its length.
    private record Phc(int type, int version, int memoryKib, int iterations, int parallelism, byte[] salt, byte[] key) {
        boolean withinLimits() {
            return (version == Argon2Parameters.ARGON2_VERSION_10 || version == Argon2Parameters.ARGON2_VERSION_13)
                    && parallelism >= 1
                    && parallelism <= MAX_PARALLELISM
                    && memoryKib >= 8 * parallelism
                    && memoryKib <= MAX_MEMORY_KIB
                    && iterations >= 1
                    && iterations <= MAX_ITERATIONS
                    && salt.length >= 8
                    && salt.length <= MAX_BYTES
                    && key.length >= 4
                    && key.length <= MAX_BYTES;
        }

        String text(byte[] hash) {
            Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
            return (type == Argon2Parameters.ARGON2_i ? "$argon2i" : "$argon2id")
                    + "$v=" + version
                    + "$m=" + memoryKib + ",t=" + iterations + ",p=" + parallelism
                    + "$" + base64.encodeToString(salt)
                    + "$" + base64.encodeToString(hash);
        }
    }
}
