package palomar.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UidlFormatTest {
    @ParameterizedTest
    @CsvSource({
        "%08Xu%08Xv, 0000002A499602D2",
        "%u.%v, 42.1234567890",
        "%v-%u, 1234567890-42",
        "UID%u-%v, UID42-1234567890",
        "%08xu%08xv, 0000002a499602d2",
        "%g, 0123abcd"
    })
    void writesIdsAsDovecotDoes(String format, String id) {
        assertThat(UidlFormat.of(format).of(42, 1234567890, () -> "0123abcd")).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%v", "%q", "%08X", "%u %v", "%"})
    void refusesFormatsThatMakeNoUniqueIds(String format) {
        assertThatThrownBy(() -> UidlFormat.of(format)).isInstanceOf(IllegalArgumentException.class);
    }
}
