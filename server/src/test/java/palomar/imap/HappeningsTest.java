package palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import palomar.delivery.MessageEvents;
import palomar.mail.MailboxId;
import palomar.storage.UserMail;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.Seeds;
import palomar.testkit.TestServer;
import palomar.testkit.WireClient;

/// What is heard of a client's commands. RFC 6785 2.2
class HappeningsTest implements MessageEvents {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private TestServer server;
    private WireClient client;

    @Override
    public boolean wants(UserMail mail, MailboxId mailbox, Cause cause) {
        return !name(mail, mailbox).equals("Deaf");
    }

    @Override
    public void happened(UserMail mail, Happened what) {
        String from = what.from().map(id -> " from " + name(mail, id)).orElse("");
        String flags = what.changed().isEmpty()
                ? ""
                : " " + what.changed().system() + what.changed().keywords();
        heard.add(what.cause() + " " + name(mail, what.mailbox()) + from + " " + what.uids() + flags);
    }

    private static String name(UserMail mail, MailboxId id) {
        Optional<UserMail.Entry> entry =
                mail.mailboxes().stream().filter(e -> e.id().equals(id)).findFirst();
        return entry.map(e -> e.name().toString()).orElse("?");
    }

    @BeforeEach
    void begin() throws IOException {
        MemoryStorage storage = new MemoryStorage(InstantSource.system(), Seeds.random("happenings"));
        server = new TestServer(storage, List.of(), this);
        client = WireClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        client.expect("* OK ");
        say("LOGIN anna secret");
        say("CREATE Box");
        say("CREATE Deaf");
        append("INBOX");
        append("INBOX");
        heard.clear();
    }

    @AfterEach
    void end() throws IOException {
        client.close();
        server.close();
    }

    private void say(String command) throws IOException {
        client.send("a " + command + "\r\n");
        String line = client.readLine();
        while (!line.startsWith("a ")) {
            line = client.readLine();
        }
        assertThat(line).startsWith("a OK");
    }

    private void append(String mailbox) throws IOException {
        say("APPEND " + mailbox + " {9+}\r\nA: b\r\n\r\nc");
    }

    @Test
    void hearsWhatIsAppendedCopiedAndMoved() throws IOException {
        append("Box");
        say("SELECT INBOX");
        say("COPY 1:2 Box");
        say("MOVE 2 Box");
        say("REPLACE 1 INBOX {9+}\r\nA: b\r\n\r\nc");
        assertThat(heard)
                .containsExactly("APPEND Box 1", "COPY Box from INBOX 2:3", "COPY Box from INBOX 4", "APPEND INBOX 3");
    }

    @Test
    void hearsWhichFlagsChanged() throws IOException {
        say("SELECT INBOX");
        say("STORE 1 +FLAGS ($Junk)");
        say("STORE 1:2 +FLAGS.SILENT (\\Flagged $Junk)");
        say("STORE 1:2 +FLAGS (\\Flagged)");
        say("FETCH 1:2 BODY[]");
        say("STORE 2 FLAGS (\\Flagged)");
        assertThat(heard)
                .containsExactly(
                        "FLAG INBOX 1 0[$Junk]",
                        "FLAG INBOX 1 4[]",
                        "FLAG INBOX 2 4[$Junk]",
                        "FLAG INBOX 1:2 1[]",
                        "FLAG INBOX 2 1[$Junk]");
    }

    @Test
    void findsOutNothingWhenNobodyWantsToKnow() throws IOException {
        append("Deaf");
        say("SELECT Deaf");
        say("STORE 1 +FLAGS (\\Seen)");
        assertThat(heard).isEmpty();
    }
}
