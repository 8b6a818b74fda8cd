package palomar.message.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.testkit.Seeds;

class FieldWriterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain text | X: plain text",
                "grüße | X: =?UTF-8?Q?gr=C3=BC=C3=9Fe?=",
                "an älle rest | X: an =?UTF-8?Q?=C3=A4lle?= rest",
                "ä ö u | X: =?UTF-8?Q?=C3=A4_=C3=B6?= u",
                "日本語 | X: =?UTF-8?B?5pel5pys6Kqe?=",
                "a =?utf-8?q?b?= c | X: a =?UTF-8?Q?=3D=3Futf-8=3Fq=3Fb=3F=3D?= c"
            })
    void encodesOnlyWhatItMust(String text, String line) {
        assertThat(FieldWriter.unstructured("X", text)).isEqualTo(line + "\r\n");
    }

    @Test
    void foldsAtBlanksAndKeepsThem() {
        String text = "word  ".repeat(30).strip();
        String lines = FieldWriter.unstructured("X-Name", text);
        assertThat(lines.split("\r\n")).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(78));
        assertThat(Field.of("X-Name", text).text()).isEqualTo(text);
    }

    @Test
    void writesNoLineEndsAndNoControlsOfTheText() {
        assertThat(FieldWriter.unstructured("X", " a\r\nEvil: b\n\n c\u0000d "))
                .isEqualTo("X: a Evil: b =?UTF-8?Q?c=00d?=\r\n");
        assertThat(FieldWriter.unstructured("X", "")).isEqualTo("X:\r\n");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        RandomGenerator random = Seeds.random("whatIsWrittenIsReadBack");
        String alphabet = "ab =?_.\t\"ü日😀-";
        for (int i = 0; i < 5000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(random.nextInt(20) == 0 ? 3000 : 120);
            int[] letters = alphabet.codePoints().toArray();
            int range = random.nextInt(2) == 0 ? 4 : letters.length;
            for (int j = 0; j < length; j++) {
                text.appendCodePoint(letters[random.nextInt(range)]);
            }
            String wanted = FieldWriter.oneLine(text.toString());
            String lines = FieldWriter.unstructured("Name", text.toString());
            assertThat(Field.of("Name", text.toString()).text())
                    .as("seed %d", Seeds.seed())
                    .isEqualTo(wanted);
            assertThat(lines).endsWith("\r\n");
            assertThat(lines.chars()).allMatch(c -> c < 0x80);
            assertThat(lines.split("\r\n"))
                    .allSatisfy(line -> assertThat(line).isNotBlank().hasSizeLessThan(998));
        }
    }
}
