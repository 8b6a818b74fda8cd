package palomar.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import palomar.testkit.Seeds;

class StrictBase64Test {

    /// RFC 4648 10
    @ParameterizedTest
    @CsvSource({"'',''", "Zg==,f", "Zm8=,fo", "Zm9v,foo", "Zm9vYg==,foob", "Zm9vYmE=,fooba", "Zm9vYmFy,foobar"})
    void vectorsDecode(String text, String plain) {
        assertThat(decode(text))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(plain.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zg",
                "Zg=",
                "Zm8",
                "Z",
                "=",
                "==",
                "===",
                "====",
                "Zg===",
                "Z===",
                "Zh==",
                "Zm9=",
                "Zm=v",
                "Z==v",
                "Zg==Zg==",
                "Zm8=Zm9v",
                " Zg==",
                "Zg== ",
                "Zm9v\r\n",
                "Zm-v",
                "Zm_v",
                "Zm9\0",
                "Zm9\u00e4",
                "*",
                "Zm9v*"
            })
    void anythingButTheCanonicalFormIsRefused(String text) {
        assertThat(decode(text)).isEmpty();
    }

    @Test
    void agreesWithTheJdkOnRandomBytes() {
        RandomGenerator random = Seeds.random("StrictBase64Test");
        for (int i = 0; i < 2_000; i++) {
            byte[] plain = new byte[random.nextInt(50)];
            random.nextBytes(plain);
            byte[] text = Base64.getEncoder().encode(plain);
            assertThat(StrictBase64.decode(text))
                    .as("seed %d", Seeds.seed())
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(plain));
        }
    }

    private static Optional<byte[]> decode(String text) {
        return StrictBase64.decode(text.getBytes(StandardCharsets.UTF_8));
    }
}
