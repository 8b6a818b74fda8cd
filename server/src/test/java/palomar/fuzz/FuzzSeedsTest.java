package palomar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FuzzSeedsTest {

    static List<String> targets() throws Exception {
        return FuzzCorpusTest.targets();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void noTargetBeginsWithNothing(String target) throws Exception {
        assertThat(FuzzSeeds.of(target)).hasSizeGreaterThan(3).anyMatch(seed -> seed.length >= 20);
    }

    /// One marked piece of each source.
    @ParameterizedTest
    @CsvSource({
        "Imap, LOGIN",
        "Imap, UID FETCH",
        "Imap, DONE\r\n",
        "ManageSieve, RENAMESCRIPT",
        "ManageSieve, HAVESPACE",
        "Message, boundary=",
        "Message, x-uuencode",
        "Pop3, XCLIENT",
        "Smtp, BDAT",
        "Passwd, {ARGON2ID}"
    })
    void theInputsOfOtherTestsAreAmongThem(String target, String words) throws Exception {
        assertThat(FuzzSeeds.of(target))
                .anyMatch(seed -> new String(seed, StandardCharsets.ISO_8859_1).contains(words));
    }

    @Test
    void aTargetWithoutSeedsIsRefused() {
        assertThatThrownBy(() -> FuzzSeeds.of("Nothing")).hasMessageContaining("no seeds");
    }
}
