package palomar.smtp.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import palomar.bytes.ByteInput;

/// What only Submission understands. RFC 4954, RFC 4468, RFC 2852, RFC 4865
class SubmissionParserTest {

    private static SmtpReader reader(String text) {
        return SmtpReader.submission(ByteInput.of(text.getBytes(StandardCharsets.UTF_8)), 64);
    }

    private static SmtpCommand command(String line) throws IOException {
        return SmtpReader.submission(ByteInput.of((line + "\r\n").getBytes(StandardCharsets.UTF_8)), 512)
                .next();
    }

    @Test
    void readsAuthWithAndWithoutAnInitialResponse() throws IOException {
        assertThat(command("auth plain AGEAYg== ")).isInstanceOfSatisfying(SmtpCommand.Auth.class, auth -> {
            assertThat(auth.mechanism()).isEqualTo("plain");
            assertThat(auth.initial().orElseThrow())
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("AGEAYg==");
            assertThat(auth.toString()).doesNotContain("AGEAYg");
        });
        assertThat(command("AUTH LOGIN"))
                .isInstanceOfSatisfying(
                        SmtpCommand.Auth.class,
                        auth -> assertThat(auth.initial()).isEmpty());
    }

    @Test
    void readsBurl() throws IOException {
        assertThat(command("BURL imap://a@b/c LAST")).isEqualTo(new SmtpCommand.Burl("imap://a@b/c", true));
        assertThat(command("burl imap://a@b/c")).isEqualTo(new SmtpCommand.Burl("imap://a@b/c", false));
    }

    @ParameterizedTest
    @CsvSource({
        "BY=120;R,DELIVERBY,BY=120;R",
        "by=-120;nt,DELIVERBY,BY=-120;NT",
        "BY=+999999999;RT,DELIVERBY,BY=+999999999;RT",
        "HOLDFOR=86400,FUTURERELEASE,HOLDFOR=86400",
        "HOLDUNTIL=2026-12-24T18:00:00Z,FUTURERELEASE,HOLDUNTIL=2026-12-24T18:00:00Z"
    })
    void readsWishes(String parameter, String extension, String passedOn) throws IOException {
        assertThat(command("MAIL FROM:<a@b> " + parameter))
                .isInstanceOfSatisfying(
                        SmtpCommand.Mail.class,
                        mail -> assertThat(mail.wishes()).containsExactly(new SmtpCommand.Wish(extension, passedOn)));
        assertThat(new SmtpReader(
                                ByteInput.of(
                                        ("MAIL FROM:<a@b> " + parameter + "\r\n").getBytes(StandardCharsets.UTF_8)),
                                512)
                        .next())
                .as("in LMTP")
                .isInstanceOf(SmtpCommand.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTH",
                "AUTH PLAIN a b",
                "AUTH ABCDEFGHIJKLMNOPQRSTU",
                "BURL",
                "BURL imap://a@b/c FIRST",
                "MAIL FROM:<a@b> BY=0;R",
                "MAIL FROM:<a@b> BY=-1;R",
                "MAIL FROM:<a@b> BY=1",
                "MAIL FROM:<a@b> BY=;R",
                "MAIL FROM:<a@b> BY=-;N",
                "MAIL FROM:<a@b> BY",
                "MAIL FROM:<a@b> BY=1000000000;N",
                "MAIL FROM:<a@b> HOLDFOR=",
                "MAIL FROM:<a@b> HOLDFOR=x",
                "MAIL FROM:<a@b> HOLDUNTIL=tomorrow",
                "MAIL FROM:<a@b> HOLDFOR=1 HOLDUNTIL=2026-12-24T18:00:00Z",
                "MAIL FROM:<a@b> AUTH=",
                "MAIL FROM:<a@b> AUTH=+0A",
                "MAIL FROM:<a@b> MT-PRIORITY=3"
            })
    void refusesWhatIsNone(String line) throws IOException {
        assertThat(command(line)).isInstanceOf(SmtpCommand.Malformed.class);
    }

    @Test
    void readsAnswersToChallenges() throws IOException {
        SmtpReader reader = reader("AUTH X\r\nYQ==\r\n\r\nbare\n" + "x".repeat(100) + "\r\nNOOP\r\nhalf");
        assertThat(reader.next()).isInstanceOf(SmtpCommand.Auth.class);
        assertThat(reader.answer().orElseThrow())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("YQ==");
        assertThat(reader.answer().orElseThrow()).isEmpty();
        assertThat(reader.answer()).isEmpty();
        assertThat(reader.answer()).isEmpty();
        assertThat(reader.next()).isEqualTo(new SmtpCommand.Noop());
        assertThatThrownBy(reader::answer).isInstanceOf(EOFException.class);
    }
}
