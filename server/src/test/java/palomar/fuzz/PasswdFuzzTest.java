package palomar.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

class PasswdFuzzTest {

    @Test
    void damagedFilesAreStillRead() {
        List<byte[]> seeds = new ArrayList<>();
        PasswdFuzz.SEEDS.forEach(seed -> seeds.add(seed.getBytes(StandardCharsets.UTF_8)));
        FuzzMutator mutator = new FuzzMutator(seeds, Seeds.random("passwd"));
        for (int round = 0; round < 10_000; round++) {
            byte[] input = mutator.next(2_000);
            try {
                PasswdFuzz.fuzz(input);
            } catch (AssertionError | RuntimeException e) {
                String text = new String(input, StandardCharsets.ISO_8859_1);
                throw new AssertionError("seed " + Seeds.seed() + ", round " + round + ": " + text, e);
            }
        }
    }
}
