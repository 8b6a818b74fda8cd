package palomar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The twin client against answers written down beforehand.
class ImapClientTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private ImapClient client(String answers) throws IOException {
        byte[] bytes = ("* OK [CAPABILITY IMAP4rev1] hello\r\n" + answers).getBytes(StandardCharsets.UTF_8);
        return new ImapClient(new ByteArrayInputStream(bytes), sent);
    }

    @Test
    void greetingCodeAndText() throws IOException {
        try (ImapClient client = client("")) {
            assertThat(client.greeting().condition()).isEqualTo("OK");
            assertThat(client.greeting().code()).isEqualTo("CAPABILITY IMAP4rev1");
            assertThat(client.greeting().text()).isEqualTo("hello");
        }
    }

    @Test
    void fetchDataOfEveryShape() throws IOException {
        String answers = "* 2 FETCH (UID 7 FLAGS (\\Seen $x) BODY[HEADER.FIELDS (A \"B]\")]<0> {3}\r\na)b BODY[1] NIL"
                + " ENVELOPE (\"d\" NIL ((NIL NIL \"a\" \"b\")(\"\\\"q\\\"\" NIL \"c\" \"d\"))) BINARY[2] ~{1}\r\n\0)\r\n"
                + "* 3 EXISTS\r\nt1 OK done\r\n";
        try (ImapClient client = client(answers)) {
            ImapClient.Result result = client.ok("FETCH 2 ALL");
            var items = result.one("FETCH").fetch();
            assertThat(items.keySet())
                    .containsExactly(
                            "UID", "FLAGS", "BODY[HEADER.FIELDS (A \"B]\")]<0>", "BODY[1]", "ENVELOPE", "BINARY[2]");
            assertThat(items.get("BODY[HEADER.FIELDS (A \"B]\")]<0>")).isEqualTo(new ImapReply.Text("a)b", '{'));
            assertThat(items.get("BODY[1]")).isEqualTo(new ImapReply.Nil());
            assertThat(items.get("BINARY[2]")).isEqualTo(new ImapReply.Text("\0", '~'));
            assertThat(result.one("EXISTS").number()).isEqualTo(3);
            assertThat(sent.toString(StandardCharsets.UTF_8)).isEqualTo("t1 FETCH 2 ALL\r\n");
        }
    }

    @Test
    void literalsWaitForTheContinuation() throws IOException {
        try (ImapClient client = client("+ go\r\nt1 OK [APPENDUID 1 2] done\r\nt2 NO [TRYCREATE] no\r\n")) {
            byte[] message = "x\r\n".getBytes(StandardCharsets.UTF_8);
            assertThat(client.ok("APPEND INBOX", message).code()).isEqualTo("APPENDUID 1 2");
            assertThat(client.command("APPEND nowhere", message).condition()).isEqualTo("NO");
            assertThat(sent.toString(StandardCharsets.UTF_8))
                    .isEqualTo("t1 APPEND INBOX {3}\r\nx\r\n\r\nt2 APPEND nowhere {3}\r\n");
        }
    }

    @Test
    void idleShowsWhatIsPushed() throws IOException {
        try (ImapClient client = client("+ idling\r\n* 4 EXISTS\r\nt1 OK done\r\n")) {
            assertThat(client.idle()).isEmpty();
            assertThat(client.read().name()).isEqualTo("EXISTS");
            assertThat(client.done().condition()).isEqualTo("OK");
        }
    }

    @Test
    void illegalAnswersAreNoticed() throws IOException {
        for (String answer : List.of(
                "* 1 EXISTS\n",
                "* 1  EXISTS\r\n",
                "* FLAGS (\\Seen\r\n",
                "* LIST () \"/\" a\"b\r\n",
                "* SEARCH 1 \r\n",
                "* LIST () \"/\" \"a\\b\"\r\n",
                "* OK\r\n",
                "t1 FETCH\r\n",
                "t2 OK other\r\n",
                "* X \u00fc\r\n")) {
            try (ImapClient client = client(answer + "t1 OK done\r\n")) {
                assertThatThrownBy(() -> client.command("NOOP")).as(answer).isInstanceOf(IllegalStateException.class);
            }
        }
        try (ImapClient client = client("* 1 EXI")) {
            assertThatThrownBy(() -> client.command("NOOP")).isInstanceOf(EOFException.class);
        }
    }
}
