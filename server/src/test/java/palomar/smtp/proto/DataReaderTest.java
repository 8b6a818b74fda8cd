package palomar.smtp.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;
import palomar.testkit.TornInput;

class DataReaderTest {
    private static final String[][] TABLE = {
        {".\r\n", ""},
        {"a\r\n.\r\n", "a\r\n"},
        {"a\r\n..\r\n.\r\n", "a\r\n.\r\n"},
        {"..a\r\n.\r\n", ".a\r\n"},
        {".a\r\n.\r\n", "a\r\n"},
        {"...\r\n.\r\n", "..\r\n"},
        {"\r\n.\r\n", "\r\n"},
        {"\r\n\r\n.\r\n", "\r\n\r\n"},
        {"a.\r\n.\r\n", "a.\r\n"},
        // Nothing but CRLF.CRLF ends the message.
        {"a\n.\n.\r\n.\r\n", "a\n.\n.\r\n"},
        {"a\n.\r\n.\r\n", "a\n.\r\n"},
        {"a\r\n.\nb\r\n.\r\n", "a\r\n\nb\r\n"},
        {"a\r.\r\n.\r\n", "a\r.\r\n"},
        {"a\r\n.\r.\r\n.\r\n", "a\r\n\r.\r\n"},
        {"a\r\n.\r\r\n.\r\n", "a\r\n\r\r\n"},
        {"a\r\r\n.\r\n", "a\r\r\n"},
        {"a\n\r\n.\r\n", "a\n\r\n"},
        {"\n.\r\n\r\n.\r\n", "\n.\r\n\r\n"},
        {"a\u0000b\r\n.\r\n", "a\u0000b\r\n"},
    };

    @Test
    void dotsAreTakenOutAndOnlyTheRightEndEnds() throws IOException {
        for (String[] row : TABLE) {
            byte[] sent = (row[0] + "QUIT\r\n").getBytes(StandardCharsets.ISO_8859_1);
            for (int piece = 1; piece <= sent.length; piece++) {
                TornInput in = TornInput.every(piece, sent);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                assertThat(DataReader.copy(in, out)).isTrue();
                assertThat(out.toString(StandardCharsets.ISO_8859_1)).as(row[0]).isEqualTo(row[1]);
                assertThat(in.consumed()).as(row[0]).isEqualTo(row[0].length());
            }
        }
    }

    @Test
    void anInputThatEndsEarlyIsNoMessage() throws IOException {
        byte[] whole = "ab\r\n..\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int cut = 0; cut < whole.length; cut++) {
            TornInput in = TornInput.every(3, java.util.Arrays.copyOf(whole, cut));
            assertThat(DataReader.copy(in, new ByteArrayOutputStream())).isFalse();
        }
    }

    @Test
    void whatAClientStuffsComesOutAsItWas() throws IOException {
        RandomGenerator random = Seeds.random("dots");
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(".\r\nab".charAt(random.nextInt(5)));
            }
            String message = text + "\r\n";
            byte[] sent = (stuffed(message) + ".\r\nNOOP").getBytes(StandardCharsets.US_ASCII);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            TornInput in = TornInput.every(random.nextInt(1, 20), sent);
            assertThat(DataReader.copy(in, out)).isTrue();
            assertThat(out.toString(StandardCharsets.US_ASCII))
                    .as("seed " + Seeds.seed())
                    .isEqualTo(message);
            assertThat(in.consumed()).isEqualTo(sent.length - 4);
        }
    }

    /// What RFC 5321 4.5.2 tells the sender to do: a dot more on each line that begins with one.
    private static String stuffed(String message) {
        return (message.startsWith(".") ? "." : "") + message.replace("\r\n.", "\r\n..");
    }
}
