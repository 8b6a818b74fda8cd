package palomar.smtp.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteInput;
import palomar.testkit.TornInput;

class SmtpReaderTest {

    private static SmtpCommand read(String line) throws IOException {
        return new SmtpReader(ByteInput.of(line.getBytes(StandardCharsets.UTF_8)), 2048).next();
    }

    private static SmtpCommand command(String line) throws IOException {
        return read(line + "\r\n");
    }

    private static String refusal(String line) throws IOException {
        SmtpCommand command = command(line);
        assertThat(command).as(line).isInstanceOf(SmtpCommand.Malformed.class);
        return ((SmtpCommand.Malformed) command).reply().toString();
    }

    @Test
    void simpleCommandsAreKnownInAnyCase() throws IOException {
        assertThat(command("DATA")).isEqualTo(new SmtpCommand.Data());
        assertThat(command("data  ")).isEqualTo(new SmtpCommand.Data());
        assertThat(command("RsEt")).isEqualTo(new SmtpCommand.Rset());
        assertThat(command("NOOP with words")).isEqualTo(new SmtpCommand.Noop());
        assertThat(command("QUIT")).isEqualTo(new SmtpCommand.Quit());
        assertThat(command("VRFY bob")).isEqualTo(new SmtpCommand.Vrfy("bob"));
        assertThat(command("help me")).isEqualTo(new SmtpCommand.Help());
        assertThat(command("STARTTLS")).isEqualTo(new SmtpCommand.StartTls());
        assertThat(((SmtpCommand.Malformed) command("LHLO a b")).reply().lines())
                .containsExactly("LHLO takes one name");
        assertThat(command("LHLO mx.example.org"))
                .isEqualTo(new SmtpCommand.Hello(SmtpCommand.Hello.Verb.LHLO, "mx.example.org"));
        assertThat(command("EHLO [192.0.2.1]"))
                .isEqualTo(new SmtpCommand.Hello(SmtpCommand.Hello.Verb.EHLO, "[192.0.2.1]"));
        assertThat(command("BDAT 0 LAST")).isEqualTo(new SmtpCommand.Bdat(0, true));
        assertThat(command("bdat 123456")).isEqualTo(new SmtpCommand.Bdat(123456, false));
        assertThat(read("")).isEqualTo(new SmtpCommand.EndOfInput());
        assertThat(read("DATA")).isEqualTo(new SmtpCommand.EndOfInput());
    }

    @Test
    void addressesAreReadAndPrintedInTheirShortestForm() throws IOException {
        String[][] table = {
            {"<bob@example.org>", "bob", "example.org", "<bob@example.org>"},
            {"<\"bob\"@example.org>", "bob", "example.org", "<bob@example.org>"},
            {"<\"b o\\b\"@example.org>", "b ob", "example.org", "<\"b ob\"@example.org>"},
            {"<\"Joe\\,Smith\"@example.org>", "Joe,Smith", "example.org", "<\"Joe,Smith\"@example.org>"},
            {"<\"a\\\"b\\\\c\"@x>", "a\"b\\c", "x", "<\"a\\\"b\\\\c\"@x>"},
            {"<\"@>\"@x>", "@>", "x", "<\"@>\"@x>"},
            {"<a+b=c/d@x>", "a+b=c/d", "x", "<a+b=c/d@x>"},
            {"<.a..b.@x>", ".a..b.", "x", "<.a..b.@x>"},
            {"<bob@[192.0.2.1]>", "bob", "[192.0.2.1]", "<bob@[192.0.2.1]>"},
            {"<bob@[IPv6:2001:db8::1]>", "bob", "[IPv6:2001:db8::1]", "<bob@[IPv6:2001:db8::1]>"},
            {"<@relay.example,@b.example:bob@example.org>", "bob", "example.org", "<bob@example.org>"},
            {"<Postmaster>", "Postmaster", "", "<Postmaster>"},
            {"<bob@under_score.example>", "bob", "under_score.example", "<bob@under_score.example>"},
            {"<björn@bücher.example>", "björn", "bücher.example", "<björn@bücher.example>"},
            {"<\"björn b\"@x>", "björn b", "x", "<\"björn b\"@x>"},
        };
        for (String[] row : table) {
            SmtpCommand.Rcpt rcpt = (SmtpCommand.Rcpt) command("RCPT TO:" + row[0]);
            assertThat(rcpt.recipient()).as(row[0]).isEqualTo(new SmtpPath(row[1], row[2]));
            assertThat(rcpt.recipient()).hasToString(row[3]);
            SmtpCommand.Mail mail = (SmtpCommand.Mail) command("mail from: " + row[0] + " SIZE=1");
            assertThat(mail.sender()).isEqualTo(rcpt.recipient());
            assertThat(((SmtpCommand.Rcpt) command("RCPT TO:" + rcpt.recipient())).recipient())
                    .as("what is printed is read again")
                    .isEqualTo(rcpt.recipient());
        }
        assertThat(((SmtpCommand.Mail) command("MAIL FROM:<>")).sender()).isEqualTo(SmtpPath.NULL);
        assertThat(((SmtpCommand.Rcpt) command("RCPT TO:<ü@x>")).recipient().needsUtf8())
                .isTrue();
        assertThat(((SmtpCommand.Rcpt) command("RCPT TO:<u@x>")).recipient().needsUtf8())
                .isFalse();
    }

    @Test
    void badAddressesAreRefusedWithTheReason() throws IOException {
        for (String address : List.of(
                "bob@example.org",
                "<bob@example.org",
                "<>",
                "<@example.org>",
                "<bob@>",
                "<bob@exa mple.org>",
                "<bo b@example.org>",
                "<bob@example.org>x",
                "<bob@ex>ample>",
                "<\"bob@example.org>",
                "<\"bob\\\"@example.org>",
                "<\"\"@example.org>",
                "<bob@[]>",
                "<bob@[192.0.2.1>",
                "<@relay.example bob@x>",
                "<bob@exämple,org>",
                "<b\u0080b@x>",
                "<" + "b".repeat(257) + "@x>",
                "<b@" + "x".repeat(256) + ">",
                "")) {
            assertThat(refusal("RCPT TO:" + address)).as(address).startsWith("501 5.");
        }
        assertThat(refusal("RCPT TO:<bob@>")).isEqualTo("501 5.1.3 bad recipient address: an address without a domain");
        assertThat(refusal("MAIL FROM:<bob")).isEqualTo("501 5.1.7 bad sender address: no '>' where the address ends");
    }

    @Test
    void parametersAreRead() throws IOException {
        SmtpCommand.Mail mail = (SmtpCommand.Mail)
                command("MAIL FROM:<a@b> size=1000 BODY=8bitmime SMTPUTF8 RET=hdrs ENVID=QQ+3D314159");
        assertThat(mail.size()).hasValue(1000);
        assertThat(mail.body()).isEqualTo(SmtpCommand.Body.EIGHT_BIT);
        assertThat(mail.utf8()).isTrue();
        assertThat(mail.dsn().ret()).contains("HDRS");
        assertThat(mail.dsn().envelopeId()).contains("QQ=314159");
        SmtpCommand.Rcpt rcpt =
                (SmtpCommand.Rcpt) command("RCPT TO:<a@b> NOTIFY=SUCCESS,delay ORCPT=rfc822;b+2Bc@example.org");
        assertThat(rcpt.dsn().notifyOn()).containsExactly("SUCCESS", "DELAY");
        assertThat(rcpt.dsn().original()).contains("rfc822;b+c@example.org");
    }

    @Test
    void badParametersAreRefused() throws IOException {
        Map<String, String> table = Map.ofEntries(
                Map.entry("MAIL FROM:<a@b> AUTH=<>", "555 5.5.4 unknown parameter AUTH"),
                Map.entry("MAIL FROM:<a@b> SIZE", "501"),
                Map.entry("MAIL FROM:<a@b> SIZE=", "501"),
                Map.entry("MAIL FROM:<a@b> SIZE=-1", "501"),
                Map.entry("MAIL FROM:<a@b> SIZE=9999999999999999999", "501"),
                Map.entry("MAIL FROM:<a@b> SIZE=1 SIZE=1", "501 5.5.4 SIZE is given twice"),
                Map.entry("MAIL FROM:<a@b> BODY=9BIT", "501"),
                Map.entry("MAIL FROM:<a@b> SMTPUTF8=yes", "501"),
                Map.entry("MAIL FROM:<a@b> RET=ALL", "501"),
                Map.entry("MAIL FROM:<a@b> ENVID=a+0Ab", "501"),
                Map.entry("MAIL FROM:<a@b> ENVID=" + "x".repeat(101), "501"),
                Map.entry("MAIL FROM:<a@b> =x", "501"),
                Map.entry("MAIL FROM:<a@b>SIZE=1", "501"),
                Map.entry("MAIL <a@b>", "501 5.5.4 MAIL FROM:<address> expected"),
                Map.entry("RCPT TO:<a@b> NOTIFY=NEVER,SUCCESS", "501"),
                Map.entry("RCPT TO:<a@b> NOTIFY=SUCCESS,SUCCESS", "501"),
                Map.entry("RCPT TO:<a@b> NOTIFY=", "501"),
                Map.entry("RCPT TO:<a@b> ORCPT=bob", "501"),
                Map.entry("RCPT TO:<a@b> ORCPT=rfc822;b+2", "501"),
                Map.entry("RCPT TO:<a@b> SIZE=1", "555"),
                Map.entry("DATA now", "501"),
                Map.entry("BDAT", "501"),
                Map.entry("BDAT x", "501"),
                Map.entry("BDAT 1 LASTLY", "501"),
                Map.entry("BDAT -5 LAST", "501"),
                Map.entry("LHLO", "501"),
                Map.entry("LHLO a b", "501"),
                Map.entry("", "500"),
                Map.entry("MAILFROM:<a@b>", "500"),
                Map.entry("a1 LOGIN bob secret", "500 5.5.2 unknown command"));
        for (Map.Entry<String, String> row : table.entrySet()) {
            assertThat(refusal(row.getKey())).as(row.getKey()).startsWith(row.getValue());
        }
    }

    @Test
    void whoIsIntroducedByXclientIsRead() throws IOException {
        assertThat(command("XCLIENT ADDR=192.0.2.7 PORT=1234 HELO=a+2Db NAME=[UNAVAILABLE] LOGIN=[TEMPUNAVAIL]"))
                .isEqualTo(new SmtpCommand.Xclient(Map.of("ADDR", "192.0.2.7", "PORT", "1234", "HELO", "a-b")));
        for (String bad : List.of("XCLIENT ADDR", "XCLIENT =x", "XCLIENT ADDR=1 ADDR=2", "XCLIENT HELO=a+0D+0Ab")) {
            assertThat(refusal(bad)).startsWith("501");
        }
    }

    @Test
    void onlyCrLfEndsALine() throws IOException {
        for (String line : List.of(
                "RSET\n",
                "\n",
                "NOOP\rRSET\r\n",
                "NOOP \u0000\r\n",
                "NOOP \u0007\r\n",
                "RSET\r\r\n",
                "NOOP \u007f\r\n")) {
            assertThat(read(line)).as(line).isInstanceOf(SmtpCommand.Malformed.class);
        }
        SmtpReader reader = new SmtpReader(ByteInput.of("RSET\nNOOP\r\n".getBytes(StandardCharsets.US_ASCII)), 100);
        assertThat(reader.next()).isInstanceOf(SmtpCommand.Malformed.class);
        assertThat(reader.next()).isEqualTo(new SmtpCommand.Noop());
    }

    @Test
    void longLinesAreSkippedButNotForEver() throws IOException {
        String fits = "NOOP " + "x".repeat(93) + "\r\n"; // 100 bytes
        byte[] all = (fits + "NOOP " + "x".repeat(94) + "\r\n" + "RSET\r\n" + "y".repeat(100_000))
                .getBytes(StandardCharsets.US_ASCII);
        for (int piece : new int[] {1, 7, 64, 100_000}) {
            SmtpReader reader = new SmtpReader(TornInput.every(piece, all), 100);
            assertThat(reader.next()).isEqualTo(new SmtpCommand.Noop());
            assertThat(((SmtpCommand.Malformed) reader.next()).reply()).hasToString("500 5.5.2 line too long");
            assertThat(reader.next()).isEqualTo(new SmtpCommand.Rset());
            assertThat(((SmtpCommand.Malformed) reader.next()).hopeless()).isTrue();
        }
    }
}
