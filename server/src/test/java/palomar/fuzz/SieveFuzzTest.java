package palomar.fuzz;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

class SieveFuzzTest {

    @Test
    void damagedScriptsCompileOrAreExplainedAndAlwaysEnd() throws IOException {
        RandomGenerator random = Seeds.random("sieve");
        List<byte[]> seeds = FuzzSeeds.of("Sieve");
        for (int round = 0; round < 3_000; round++) {
            byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
            for (int i = random.nextInt(5); i > 0 && input.length > 4; i--) {
                int at = random.nextInt(input.length - 1);
                switch (random.nextInt(3)) {
                    case 0 -> input[at] = (byte) random.nextInt(256);
                    case 1 -> input = Arrays.copyOf(input, at + 1);
                    default -> {
                        byte[] other = seeds.get(random.nextInt(seeds.size()));
                        int length = Math.min(random.nextInt(20), Math.min(other.length, input.length - at));
                        System.arraycopy(other, random.nextInt(other.length - length + 1), input, at, length);
                    }
                }
            }
            SieveFuzz.fuzz(input);
        }
    }
}
