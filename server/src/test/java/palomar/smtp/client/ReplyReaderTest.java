package palomar.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteInput;
import palomar.smtp.proto.SmtpReply;

class ReplyReaderTest {
    private static final String[][] REPLIES = {
        {"220 mx ready\r\n", "220 mx ready"},
        {"250\r\n", "250 "},
        {"250 2.1.0 Ok\n", "250 2.1.0 Ok"},
        {"250-2.1.5 a\r\n250 2.1.5 b\r\n", "250 2.1.5 a / b"},
        {"250-PIPELINING\r\n250-SIZE 10\r\n250 HELP\r\n", "250 PIPELINING / SIZE 10 / HELP"},
        // An enhanced code must be of the reply's class, with three numbers of at most three digits.
        {"550 4.1.1 no\r\n", "550 4.1.1 no"},
        {"550 5.1.1111 no\r\n", "550 5.1.1111 no"},
        {"550 5.7.509\r\n", "550 5.7.509 "},
        {"451 4.x.1 no\r\n", "451 4.x.1 no"},
        {"250 a\u0007b\u0000c\td\r\n", "250 a?b?c d"},
        {"250 \u00fc\u202e\r\n", "250 \u00fc?"},
    };

    private static final String[] NONSENSE = {
        "",
        "hello\r\n",
        "25 short\r\n",
        "2500 long\r\n",
        "199 low\r\n",
        "600 high\r\n",
        "250-a\r\n251 b\r\n",
        "250-a\r\n",
        "250 never ends",
        "250-a\r\n".repeat(ReplyReader.MOST_LINES + 1),
        "250 " + "x".repeat(ReplyReader.LONGEST_LINE) + "\r\n",
    };

    private static SmtpReply read(String bytes) throws IOException {
        return new ReplyReader(ByteInput.of(bytes.getBytes(StandardCharsets.UTF_8))).next();
    }

    @Test
    void repliesAreReadAndCleaned() throws IOException {
        for (String[] row : REPLIES) {
            assertThat(read(row[0])).as(row[0]).hasToString(row[1]);
        }
    }

    @Test
    void theEnhancedCodeIsTakenOutOfTheText() throws IOException {
        SmtpReply reply = read("550-5.1.1 no such\r\n550 5.1.1 user\r\n");
        assertThat(reply.enhanced()).isEqualTo("5.1.1");
        assertThat(reply.lines()).containsExactly("no such", "user");
        assertThat(read("550 4.1.1 no\r\n").enhanced()).isEmpty();
    }

    @Test
    void whatIsNoReplyIsTroubleAndNothingElse() {
        for (String nonsense : NONSENSE) {
            assertThatThrownBy(() -> read(nonsense))
                    .as(nonsense)
                    .isInstanceOfSatisfying(
                            RelayTrouble.class,
                            trouble -> assertThat(trouble.reply().temporary()).isTrue());
        }
    }

    @Test
    void repliesFollowOneAnother() throws IOException {
        ReplyReader reader = new ReplyReader(ByteInput.of("250 a\r\n354 b\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertThat(reader.next().code()).isEqualTo(250);
        assertThat(reader.next().code()).isEqualTo(354);
    }
}
