package palomar.fuzz;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

/// A short run of [EditFuzz].
class EditFuzzTest {
    @Test
    void anyMessageIsEdited() throws IOException {
        FuzzMutator mutator = new FuzzMutator(FuzzSeeds.of("Edit"), Seeds.random("anyMessageIsEdited"));
        for (int round = 0; round < 3_000; round++) {
            try {
                EditFuzz.fuzz(mutator.next(4096));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + Seeds.seed(), e);
            }
        }
    }
}
