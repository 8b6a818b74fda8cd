package palomar.testkit;

import java.util.Random;
import java.util.random.RandomGenerator;

/// Chance in tests comes from one printed seed: `./dev test NAME --seed N` repeats a failure exactly.
public final class Seeds {
    private static final long SEED = Long.getLong("palomar.seed", new Random().nextLong() & 0xffff_ffffL);

    private Seeds() {}

    /// This run's seed; put it into each assertion's message.
    public static long seed() {
        return SEED;
    }

    /// A generator for one test, the same for the same seed and name.
    public static RandomGenerator random(String testName) {
        return new Random(SEED * 31 + testName.hashCode());
    }
}
