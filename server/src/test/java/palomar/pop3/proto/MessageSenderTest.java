package palomar.pop3.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.bytes.MemoryOutput;

class MessageSenderTest {
    /// In the table `_` is CR, `;` is LF.
    private static String sent(String message, long lines, int piece) throws IOException {
        MemoryOutput out = new MemoryOutput();
        MessageSender sender = new MessageSender(out, lines);
        byte[] bytes = message.replace('_', '\r').replace(';', '\n').getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < bytes.length; at += piece) {
            sender.write(bytes, at, Math.min(piece, bytes.length - at));
        }
        sender.finish();
        return new String(out.toByteArray(), StandardCharsets.ISO_8859_1)
                .replace('\r', '_')
                .replace('\n', ';');
    }

    @ParameterizedTest
    @CsvSource({
        "A: b_;_;c_;, A: b_;_;c_;._;",
        "A: b_;_;c, A: b_;_;c_;._;",
        "A: b_;_;._;..x_;, A: b_;_;.._;...x_;._;",
        ".A: b_;_;, ..A: b_;_;._;",
        "A: b;;c;.;d, A: b_;_;c_;.._;d_;._;",
        "A: b_;_;c_.d_;, A: b_;_;c_.d_;._;",
        "A: b_;_;c_, A: b_;_;c_;._;",
        "'', ._;",
        "A: b, A: b_;._;"
    })
    void sendsLinesWithDotsDoubled(String message, String sent) throws IOException {
        for (int piece = 1; piece <= message.length() + 1; piece++) {
            assertThat(sent(message, Long.MAX_VALUE, piece))
                    .as("pieces of " + piece)
                    .isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "A: b_;_;c_;d_;e_;, 0, A: b_;_;._;",
        "A: b_;_;c_;d_;e_;, 2, A: b_;_;c_;d_;._;",
        "A: b_;_;c_;d_;e_;, 3, A: b_;_;c_;d_;e_;._;",
        "A: b_;_;c_;d_;e_;, 9, A: b_;_;c_;d_;e_;._;",
        "A: b_;_;_;d_;, 1, A: b_;_;_;._;"
    })
    void sendsTheHeaderAndSoManyLines(String message, long lines, String sent) throws IOException {
        for (int piece = 1; piece <= message.length() + 1; piece++) {
            assertThat(sent(message, lines, piece)).as("pieces of " + piece).isEqualTo(sent);
        }
    }
}
