package palomar.sieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static Settings with(String value) {
        return name -> name.equals("x") ? Optional.of(value) : Optional.empty();
    }

    @ParameterizedTest
    @CsvSource({"90, 90", "10s, 10", "5m, 300", "1h, 3600", "2d, 172800", "1w, 604800", "3 days, 259200"})
    void readsTimes(String value, long seconds) {
        assertThat(with(value).seconds("x", -1)).isEqualTo(seconds);
        assertThat(with(value).seconds("y", -1)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"100, 100", "10k, 10240", "1M, 1048576", "2G, 2147483648", "999999999999999G, 9223372036854775807"})
    void readsSizes(String value, long bytes) {
        assertThat(with(value).bytes("x", -1)).isEqualTo(bytes);
    }

    @Test
    void readsListsAndFlags() {
        assertThat(with(" a  b,c\td ").list("x")).containsExactly("a", "b", "c", "d");
        assertThat(with("").list("x")).isEmpty();
        assertThat(with("Yes").flag("x", false)).isTrue();
        assertThat(with("no").flag("x", true)).isFalse();
        assertThat(with("no").flag("y", true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "d", "-1", "1y", "1.5h", "12345678901234567890"})
    void saysWhichValueIsWrong(String value) {
        assertThatThrownBy(() -> with(value).seconds("x", 1))
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessage("setting x must be a time, not '" + value + "'");
    }
}
