package palomar.fuzz;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

/// A short run of [RelayFuzz].
class RelayFuzzTest {
    @Test
    void anythingThatARelaySaysIsAReplyOrTrouble() throws IOException {
        FuzzMutator mutator = new FuzzMutator(FuzzSeeds.of("Relay"), Seeds.random("anythingThatARelaySays"));
        for (int round = 0; round < 20_000; round++) {
            try {
                RelayFuzz.fuzz(mutator.next(4096));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + Seeds.seed(), e);
            }
        }
    }
}
