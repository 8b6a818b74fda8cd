package palomar.fuzz;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

/// A short run of [ConvertFuzz].
class ConvertFuzzTest {
    @Test
    void anythingIsConvertedOrRefused() throws IOException {
        FuzzMutator mutator = new FuzzMutator(FuzzSeeds.of("Convert"), Seeds.random("anythingIsConvertedOrRefused"));
        for (int round = 0; round < 3_000; round++) {
            try {
                ConvertFuzz.fuzz(mutator.next(4096));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + Seeds.seed(), e);
            }
        }
    }
}
