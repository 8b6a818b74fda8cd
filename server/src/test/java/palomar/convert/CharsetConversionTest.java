package palomar.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharsetConversionTest {
    /// RFC 5259 7.1: these a server must have.
    @ParameterizedTest
    @CsvSource({
        "iso-8859-1, Grüße",
        "iso-8859-2, Łódź",
        "iso-8859-3, Ġorġ",
        "iso-8859-4, Kārlis",
        "iso-8859-5, Привет",
        "iso-8859-6, سلام",
        "iso-8859-7, Γειά",
        "iso-8859-8, שלום",
        "iso-8859-15, 5 €"
    })
    void mandatoryCharsetsBecomeUtf8(String charset, String text) throws IOException, Unconvertible {
        PartContent part = Make.part("text/plain", charset, text.getBytes(Charset.forName(charset)));
        Converted converted = Make.convert(part, "text/plain", Map.of("charset", "UTF-8"));
        assertThat(new String(converted.bytes(), StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(converted.charset()).isEqualTo("utf-8");
        PartContent utf8 = Make.part("text/plain", "utf-8", text.getBytes(StandardCharsets.UTF_8));
        assertThat(Make.convert(utf8, "text/plain", Map.of("charset", charset)).bytes())
                .isEqualTo(text.getBytes(Charset.forName(charset)));
    }

    @Test
    void whatTheCharsetLacksIsReplacedOrRefused() throws IOException, Unconvertible {
        PartContent part = Make.part("text/plain", "utf-8", "a€😀z".getBytes(StandardCharsets.UTF_8));
        Map<String, String> replaced = Map.of("charset", "us-ascii", "unknown-character-replacement", "<?>");
        assertThat(Make.convert(part, "text/plain", replaced).bytes())
                .asString()
                .isEqualTo("a<?><?>z");
        // Windows-1252, which stands for it in mail that is read, has the euro sign.
        assertThat(refusal(part, Map.of("charset", "iso-8859-1")).parameters()).containsExactly("charset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-nothing", "", "a b", "\"", "ISO-2022-CN", "ü"})
    void charsetsThatCanNotBeWrittenAreRefused(String charset) {
        PartContent part = Make.part("text/plain", "", new byte[0]);
        Unconvertible refusal = refusal(part, Map.of("charset", charset));
        assertThat(refusal.kind()).isEqualTo(Unconvertible.Kind.BAD_PARAMETERS);
        assertThat(refusal.parameters()).containsExactly("charset");
    }

    @Test
    void replacementsMustFitTheCharsetAndBeShort() {
        PartContent part = Make.part("text/plain", "", new byte[0]);
        for (String replacement : new String[] {"ü", "x".repeat(9)}) {
            Map<String, String> asked = Map.of("charset", "us-ascii", "unknown-character-replacement", replacement);
            assertThat(refusal(part, asked).parameters()).containsExactly("unknown-character-replacement");
        }
    }

    private static Unconvertible refusal(PartContent part, Map<String, String> parameters) {
        return catchThrowableOfType(Unconvertible.class, () -> Make.convert(part, "text/plain", parameters));
    }
}
