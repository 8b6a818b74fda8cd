package palomar.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

class Pop3FuzzTest {

    @Test
    void damagedDialoguesAndMessagesAreStillAnswered() throws IOException {
        RandomGenerator random = Seeds.random("pop3-fuzz");
        List<byte[]> seeds = FuzzSeeds.of("Pop3");
        for (int round = 0; round < 20_000; round++) {
            byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
            for (int i = random.nextInt(6); i > 0; i--) {
                int at = random.nextInt(input.length);
                switch (random.nextInt(3)) {
                    case 0 -> input[at] = (byte) random.nextInt();
                    case 1 -> input[at] = (byte) ".\"\\=<>@:; \r\n0123456789".charAt(random.nextInt(22));
                    default -> System.arraycopy(input, at, input, random.nextInt(at + 1), input.length - at);
                }
            }
            try {
                Pop3Fuzz.fuzz(input);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + Seeds.seed() + ", round " + round + ": "
                                + new String(input, StandardCharsets.ISO_8859_1),
                        e);
            }
        }
    }
}
