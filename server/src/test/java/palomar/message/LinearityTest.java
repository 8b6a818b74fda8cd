package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a header parser looks at grows with the text and no faster, whatever is repeated in it. Looks are counted.
class LinearityTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", " ", "a ", ",", ";", ":", "@", "<", ">", "(", ")", "\"", "\\", "<@", "<@,", "<a@", "a@", "a@ ",
                "(\"", "\"(", "\"\\", "g:", "a:b", "<\"", "<(", ".", " .", "a@b <", "[", "a@[", "\",", "<@a,", "@\"",
                "a@b\"", "<@a:"
            })
    void addressListsAreReadInLinearTime(String repeated) {
        assertLinear(repeated, text -> AddressParser.parse(text, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", " ", "a ", ";", "=", "\"", "\\", "(", ")", "/", "a/", ";a", ";a=", ";a=\"", ";a=(", " (", ";a=b (",
                ";\"", "(\\", "; ("
            })
    void parametersAreReadInLinearTime(String repeated) {
        assertLinear(repeated, ContentField::parse);
    }

    /// A million characters: were each one looked at from every other, this would not end.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?",
                "=?x?q?",
                "=?x?q? ",
                "=?x?b?=",
                "?=",
                "=",
                "[",
                "[]",
                "[a] ",
                "[fwd:",
                "re:",
                "re[",
                "(fwd)",
                " ",
                "<",
                "<a",
                "<a@",
                ">",
                "<a@b>",
                "\u00fc",
                "=?utf-8?q?=C3?="
            })
    void longValuesAreDecodedToTheirEnd(String repeated) {
        String text = repeated.repeat(1_000_000 / repeated.length());
        assertThat(HeaderText.decode(text)).isNotNull();
        assertThat(BaseSubject.of(text).length()).isLessThanOrEqualTo(text.length());
        assertThat(MessageIds.find(text)).hasSizeLessThanOrEqualTo(1000);
        assertThat(HeaderText.decode(text + "?=")).isNotNull();
        assertThat(BaseSubject.of(text + "]").length()).isLessThanOrEqualTo(text.length() + 1);
    }

    private static void assertLinear(String repeated, Consumer<CharSequence> parser) {
        Counted text = new Counted(repeated.repeat(20_000 / repeated.length()));
        parser.accept(text);
        assertThat(text.looks).as("looks at %s repeated", repeated).isLessThan(12L * text.length());
    }

    private static final class Counted implements CharSequence {
        private final String text;
        private long looks;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            looks += end - start;
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
