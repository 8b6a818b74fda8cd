package palomar.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.smtp.proto.DataReader;
import palomar.testkit.Seeds;
import palomar.testkit.TornInput;

class DataWriterTest {
    private static final String[][] TABLE = {
        {"", ".\r\n"},
        {"a\r\n", "a\r\n.\r\n"},
        {"a", "a\r\n.\r\n"},
        {".\r\n", "..\r\n.\r\n"},
        {"..a\r\n.b", "...a\r\n..b\r\n.\r\n"},
        {"a.\r\nb", "a.\r\nb\r\n.\r\n"},
        // No line end but CRLF goes out, so that no peer sees another end of the message.
        {"a\n.\nb\n", "a\r\n..\r\nb\r\n.\r\n"},
        {"a\r.\rb", "a\r\n..\r\nb\r\n.\r\n"},
        {"a\r", "a\r\n.\r\n"},
        {"a\r\r\n", "a\r\n\r\n.\r\n"},
        {"a\n\r\n", "a\r\n\r\n.\r\n"},
        {"\r\n.\r\nQUIT\r\n", "\r\n..\r\nQUIT\r\n.\r\n"},
    };

    private static String write(String content, int piece) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataWriter writer = new DataWriter(out, () -> {});
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < bytes.length; at += piece) {
            writer.write(bytes, at, Math.min(piece, bytes.length - at));
        }
        writer.finish();
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void dotsAreAddedAndLineEndsMended() throws IOException {
        for (String[] row : TABLE) {
            for (int piece = 1; piece <= row[0].length() + 1; piece++) {
                assertThat(write(row[0], piece)).as("%s by %d", row[0], piece).isEqualTo(row[1]);
            }
        }
    }

    @Test
    void aServerReadsWhatWasMeant() throws IOException {
        RandomGenerator random = Seeds.random("aServerReadsWhatWasMeant");
        for (int round = 0; round < 500; round++) {
            StringBuilder content = new StringBuilder();
            int parts = random.nextInt(60);
            for (int i = 0; i < parts; i++) {
                content.append(
                        new String[] {"\r\n", "\r", "\n", ".", "x", "long enough for a word"}[random.nextInt(6)]);
            }
            String sent = write(content.toString(), 1 + random.nextInt(40));
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            TornInput in = TornInput.every(7, sent.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(DataReader.copy(in, read)).as("seed %d", Seeds.seed()).isTrue();
            String meant =
                    content.toString().replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
            String whole = meant.isEmpty() || meant.endsWith("\r\n") ? meant : meant + "\r\n";
            assertThat(read.toString(StandardCharsets.ISO_8859_1))
                    .as("seed %d", Seeds.seed())
                    .isEqualTo(whole);
            assertThat(in.consumed()).isEqualTo(sent.length());
        }
    }
}
