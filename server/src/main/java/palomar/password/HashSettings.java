package palomar.password;

/// How new hashes are made.
///
/// @param scheme the scheme of new hashes
/// @param argon2MemoryKib 8 to 1048576
/// @param argon2Iterations 1 to 64
/// @param argon2Parallelism lanes, 1 to 16
/// @param bcryptCost 4 to 16; the work is two to the power of it
/// @param cryptRounds of SHA256-CRYPT and SHA512-CRYPT, 1000 to 5000000
/// @param pbkdf2Rounds 1000 to 10000000
/// @param scramIterations 4096 to 1000000; each login costs the client that much, and some refuse more than 65536
public record HashSettings(
        String scheme,
        int argon2MemoryKib,
        int argon2Iterations,
        int argon2Parallelism,
        int bcryptCost,
        int cryptRounds,
        int pbkdf2Rounds,
        int scramIterations) {
    private static final int DEFAULT_SCRAM_ITERATIONS = 50_000;

    /// ARGON2ID with 19 MiB and two passes, the lightest setting that is recommended today.
    public static final HashSettings DEFAULT = new HashSettings("ARGON2ID", 19 * 1024, 2, 1, 10, 100_000, 200_000);

    public HashSettings {
        Schemes.require(scheme);
        range("argon2_memory", argon2MemoryKib, 8 * argon2Parallelism, Argon2Scheme.MAX_MEMORY_KIB);
        range("argon2_iterations", argon2Iterations, 1, Argon2Scheme.MAX_ITERATIONS);
        range("argon2_parallelism", argon2Parallelism, 1, Argon2Scheme.MAX_PARALLELISM);
        range("bcrypt_cost", bcryptCost, 4, CryptText.MAX_BCRYPT_COST);
        range("crypt_rounds", cryptRounds, 1_000, CryptText.MAX_ROUNDS);
        range("pbkdf2_rounds", pbkdf2Rounds, 1_000, Pbkdf2Scheme.MAX_ROUNDS);
        range("scram_iterations", scramIterations, 4_096, ScramKeys.MAX_ITERATIONS);
    }

    /// With SCRAM's iterations as they are by default.
    public HashSettings(
            String scheme,
            int argon2MemoryKib,
            int argon2Iterations,
            int argon2Parallelism,
            int bcryptCost,
            int cryptRounds,
            int pbkdf2Rounds) {
        this(
                scheme,
                argon2MemoryKib,
                argon2Iterations,
                argon2Parallelism,
                bcryptCost,
                cryptRounds,
                pbkdf2Rounds,
                DEFAULT_SCRAM_ITERATIONS);
    }

    public HashSettings withScheme(String name) {
        return new HashSettings(
                name,
                argon2MemoryKib,
                argon2Iterations,
                argon2Parallelism,
                bcryptCost,
                cryptRounds,
                pbkdf2Rounds,
                scramIterations);
    }

    private static void range(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + " must be " + low + " to " + high + ", not " + value);
        }
    }
}
