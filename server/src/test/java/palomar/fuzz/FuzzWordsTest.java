package palomar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzWordsTest {

    @Test
    void frequentWordsComeFirstAndNothingNeedsAnEscape() {
        List<byte[]> seeds = List.of(
                "a UID FETCH 1 \"q\\\"\" BODY=8BITMIME\r\n".getBytes(StandardCharsets.US_ASCII),
                "\u00fc UID \u00fc".getBytes(StandardCharsets.UTF_8),
                "x".repeat(25).getBytes(StandardCharsets.US_ASCII));
        assertThat(FuzzWords.of(seeds)).isEqualTo("\"UID\"\n\"BODY=8BITMIME\"\n\"FETCH\"\n");
    }
}
