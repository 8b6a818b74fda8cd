package palomar.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionsTest {
    @Test
    void plainTextConvertsToItselfWithBothParameters() {
        List<Conversion> found = Conversions.matching("text/plain", "text/plain");
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().parameters()).containsExactly("charset", "unknown-character-replacement");
    }

    @Test
    void wildcardsMatchTypesAndAll() {
        assertThat(Conversions.matching("image/*", "image/jpeg")).hasSize(3);
        assertThat(Conversions.matching("*", "*")).hasSize(11);
        assertThat(Conversions.matching("image/*", "text/*")).isEmpty();
        assertThat(Conversions.matching("multipart/*", "*")).isEmpty();
        assertThat(Conversions.matching("text/p*", "*")).isEmpty();
    }

    @Test
    void theFirstIsTheOneWeChoose() {
        MediaType gif = new MediaType("image", "gif");
        assertThat(Conversions.of(gif, MediaType.JPEG).getFirst().to()).isEqualTo(MediaType.JPEG);
        assertThat(Conversions.of(gif, MediaType.PNG).getFirst().to()).isEqualTo(MediaType.PNG);
        assertThat(Conversions.of(MediaType.HTML, MediaType.JPEG).getFirst().to())
                .isEqualTo(MediaType.PLAIN);
        assertThat(Conversions.of(new MediaType("image", "pjpeg"), MediaType.JPEG))
                .hasSize(2);
        assertThat(Conversions.of(new MediaType("audio", "mpeg"), MediaType.JPEG))
                .isEmpty();
    }

    @Test
    void whatAConversionDoesNotKnowIsForeign() {
        Conversion html = Conversions.of(MediaType.HTML, MediaType.JPEG).getFirst();
        assertThat(html.foreign(Map.of("charset", "utf-8"))).isEmpty();
        assertThat(html.foreign(Map.of("charset", "utf-8", "pix-x", "1"))).containsExactly("pix-x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text", "/", "text/", "/plain", "text/plain/x", "text /plain", "text/*", "té/x", "a/\"c"})
    void whatIsNoTypeIsNone(String text) {
        assertThat(MediaType.parse(text)).isEmpty();
    }

    @Test
    void typesAreOfNoCase() {
        assertThat(MediaType.parse("APPLICATION/vnd.x+XML").orElseThrow()).hasToString("application/vnd.x+xml");
    }
}
