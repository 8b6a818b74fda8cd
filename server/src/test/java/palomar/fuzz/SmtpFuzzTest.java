package palomar.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

class SmtpFuzzTest {

    @Test
    void damagedDialoguesAreStillAnswered() {
        RandomGenerator random = Seeds.random("smtp");
        for (int round = 0; round < 20_000; round++) {
            byte[] input =
                    SmtpFuzz.SEEDS.get(random.nextInt(SmtpFuzz.SEEDS.size())).getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(6); i > 0; i--) {
                int at = random.nextInt(input.length);
                switch (random.nextInt(3)) {
                    case 0 -> input[at] = (byte) random.nextInt();
                    case 1 -> input[at] = (byte) "<>@\"\\\r\n. =+;[]:".charAt(random.nextInt(15));
                    default -> System.arraycopy(input, at, input, random.nextInt(at + 1), input.length - at);
                }
            }
            try {
                SmtpFuzz.fuzz(input);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + Seeds.seed() + ", round " + round + ": "
                                + new String(input, StandardCharsets.ISO_8859_1),
                        e);
            }
        }
    }
}
