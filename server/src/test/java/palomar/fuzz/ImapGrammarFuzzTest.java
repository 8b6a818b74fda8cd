package palomar.fuzz;

import java.io.IOException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

/// A short run of [ImapGrammarFuzz].
class ImapGrammarFuzzTest {
    @Test
    void brokenCommandsLeaveTheReaderInStep() throws IOException {
        RandomGenerator random = Seeds.random("brokenCommandsLeaveTheReaderInStep");
        for (int round = 0; round < 5_000; round++) {
            byte[] input = new byte[8 + random.nextInt(8)];
            random.nextBytes(input);
            try {
                ImapGrammarFuzz.fuzz(input);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + Seeds.seed(), e);
            }
        }
    }
}
