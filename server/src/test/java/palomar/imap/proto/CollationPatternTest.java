package palomar.imap.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollationPatternTest {
    @ParameterizedTest
    @CsvSource({
        "i;octet, i;octet, true",
        "I;OCTET, i;octet, true",
        "+i;octet, i;octet, true",
        "i;oct, i;octet, false",
        "i;octets, i;octet, false",
        "*, i;octet, true",
        "i;*, i;octet, true",
        "*t, i;octet, true",
        "*ct*, i;octet, true",
        "i*t*t, i;octet, true",
        "i*t*t*t, i;octet, false",
        "i;octet*, i;octet, true",
        "i;octet*t, i;octet, false",
        "*x, i;octet, false",
        "b*, i;octet, false",
    })
    void aStarStandsForAnyCharacters(String pattern, String name, boolean matches) {
        assertThat(CollationPattern.of(pattern).matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "-", "**", "i;**", "1x", ";x", "i;ä", "i x", "i\"", "+-i;octet"})
    void otherTextIsNoCollation(String text) {
        assertThatThrownBy(() -> CollationPattern.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
