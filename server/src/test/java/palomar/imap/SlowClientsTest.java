package palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import palomar.testkit.ImapClient;
import palomar.testkit.Mails;
import palomar.testkit.TestServer;
import palomar.testkit.TestStores;
import palomar.testkit.WireClient;

/// Clients that read nothing, and clients that never finish what they say, hold nobody up: no lock, no thread that
/// another needs, and no more of what they missed than its last state. A session that waits for such a client
/// would show as a test that hangs until its reader gives up.
class SlowClientsTest {
    /// More than the send and receive buffers of any connection.
    private static final byte[] LARGE = Mails.named("lines(163840)");

    private static final int MANY = 10;
    private static final int ROUNDS = 3;

    @TempDir
    Path folder;

    private TestServer server(TestStores store) throws IOException {
        TestServer server = new TestServer(store.open(folder.resolve("store")), List.of());
        server.fill("INBOX", List.of("lines(163840)", "plain", "reply (\\Deleted)"));
        server.fill("Other", List.of("plain"));
        return server;
    }

    private static InetSocketAddress address(TestServer server) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    /// One that takes in hardly anything unless it reads.
    private static WireClient narrow(TestServer server) throws IOException {
        WireClient client = WireClient.connectNarrow(address(server));
        client.expect("* OK ");
        client.send("l LOGIN " + TestServer.USER + " " + TestServer.PASSWORD + "\r\n");
        client.expect("l OK ");
        return client;
    }

    private static void until(WireClient client, String tag) throws IOException {
        String line = client.readLine();
        while (!line.startsWith(tag + " ")) {
            line = client.readLine();
        }
        assertThat(line).startsWith(tag + " OK");
    }

    /// Everything that needs a lock of the mailbox, of the user or of the store.
    private static void work(ImapClient worker, int round) throws IOException {
        worker.ok("NOOP");
        worker.ok("APPEND INBOX (\\Deleted)", Mails.named("plain"));
        worker.ok("FETCH 1:* (FLAGS BODY.PEEK[HEADER])");
        worker.ok("STORE 2 +FLAGS ($Round" + round + ")");
        worker.ok("SEARCH TEXT numbered");
        worker.ok("COPY 2 Other");
        worker.ok("EXPUNGE");
        worker.ok("APPEND INBOX", Mails.named("bare"));
        worker.ok("MOVE * Other");
        worker.ok("STATUS Other (MESSAGES UNSEEN SIZE)");
        worker.ok("CREATE Round" + round);
        worker.ok("RENAME Round" + round + " Done" + round);
        worker.ok("SUBSCRIBE Done" + round);
        worker.ok("LIST \"\" * RETURN (STATUS (MESSAGES))");
        worker.ok("DELETE Done" + round);
    }

    private static ImapClient worker(TestServer server) throws IOException {
        ImapClient worker = ImapClient.connect(address(server));
        worker.ok("LOGIN " + TestServer.USER + " " + TestServer.PASSWORD);
        worker.ok("SELECT INBOX");
        return worker;
    }

    @ParameterizedTest
    @EnumSource(
            value = TestStores.class,
            names = {"MEMORY", "LOFT_IN_FILES"})
    void whoNeverReadsWhatHeAskedForHoldsNobodyUp(TestStores store) throws Exception {
        List<WireClient> deaf = new ArrayList<>();
        try (TestServer server = server(store);
                ImapClient worker = worker(server)) {
            for (int i = 0; i < MANY; i++) {
                WireClient client = narrow(server);
                client.send("s SELECT INBOX\r\n");
                until(client, "s");
                client.send(i % 2 == 0 ? "f FETCH 1:* (BODY.PEEK[])\r\n" : "f UID FETCH 1:* (FLAGS BODY[])\r\n");
                deaf.add(client);
            }
            for (int round = 0; round < ROUNDS; round++) {
                work(worker, round);
                server.deliver("INBOX", "plain");
            }
            assertThat(server.network().count()).isEqualTo(MANY + 1);
            // Who reads at last gets all of it, though the messages may be gone by now.
            WireClient late = deaf.getFirst();
            assertThat(late.expect("* 1 FETCH (BODY[] {")).endsWith("{" + LARGE.length + "}");
            assertThat(late.readBytes(LARGE.length)).isEqualTo(LARGE);
            until(late, "f");
        } finally {
            for (WireClient client : deaf) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestStores.class,
            names = {"MEMORY", "LOFT_IN_FILES"})
    void whoNeverReadsWhatIsPushedHoldsNobodyUpAndMissesOnlyWhatIsOver(TestStores store) throws Exception {
        List<WireClient> deaf = new ArrayList<>();
        try (TestServer server = server(store);
                ImapClient worker = worker(server)) {
            for (int i = 0; i < MANY; i++) {
                WireClient client = narrow(server);
                client.send("s SELECT INBOX\r\n");
                until(client, "s");
                client.send("n NOTIFY SET (SELECTED (MessageNew (BODY.PEEK[]) MessageExpunge FlagChange))"
                        + " (MAILBOXES (Other) (MessageNew MessageExpunge FlagChange))\r\n");
                until(client, "n");
                if (i % 2 == 0) {
                    client.send("i IDLE\r\n");
                    client.expect("+ ");
                }
                deaf.add(client);
            }
            worker.ok("APPEND INBOX", LARGE);
            for (int round = 0; round < ROUNDS; round++) {
                work(worker, round);
            }
            worker.ok("SELECT Other");
            for (int i = 0; i < 200; i++) {
                worker.ok("STORE 1 " + (i % 2 == 0 ? "+" : "-") + "FLAGS.SILENT (\\Flagged)");
            }
            assertThat(server.network().count()).isEqualTo(MANY + 1);
            WireClient late = deaf.getFirst();
            late.send("DONE\r\nx NOOP\r\n");
            int told = 0;
            String line = late.readLine();
            while (!line.startsWith("x ")) {
                told += line.startsWith("* STATUS Other ") ? 1 : 0;
                line = late.readLine();
            }
            // The kernel's buffers take in some before the client counts as deaf.
            assertThat(told).isBetween(1, 2 * 15 * ROUNDS);
        } finally {
            for (WireClient client : deaf) {
                client.close();
            }
        }
    }

    /// In the middle of each kind of line and literal, with the mailbox that it names deleted meanwhile.
    @ParameterizedTest
    @EnumSource(
            value = TestStores.class,
            names = {"MEMORY", "LOFT_IN_FILES"})
    void whoNeverFinishesWhatHeSaysHoldsNobodyUp(TestStores store) throws Exception {
        List<WireClient> slow = new ArrayList<>();
        String half = new String(LARGE, 0, LARGE.length / 2, StandardCharsets.ISO_8859_1);
        try (TestServer server = server(store);
                ImapClient worker = worker(server)) {
            WireClient appending = narrow(server);
            appending.send("a APPEND Other {" + LARGE.length + "+}\r\n" + half);
            slow.add(appending);
            for (String start : List.of(
                    "a APPEND INBOX {" + LARGE.length + "+}\r\n" + half,
                    "a REPLACE 2 INBOX {" + LARGE.length + "+}\r\n" + half,
                    "a FETCH 1:",
                    "a SEARCH TEXT {100+}\r\nnumb",
                    "a STORE 1 +FLAGS (\\Se",
                    "a NOTIFY SET (selected",
                    "a IDLE\r\nDO")) {
                WireClient client = narrow(server);
                client.send("s SELECT INBOX\r\n");
                until(client, "s");
                for (char c : start.toCharArray()) {
                    if (start.length() < 100) {
                        client.send(String.valueOf(c));
                    }
                }
                if (start.length() >= 100) {
                    client.send(start);
                }
                slow.add(client);
            }
            for (int round = 0; round < ROUNDS; round++) {
                work(worker, round);
            }
            worker.ok("DELETE Other");
            assertThat(server.network().count()).isEqualTo(slow.size() + 1);
            appending.send(new String(LARGE, half.length(), LARGE.length - half.length(), StandardCharsets.ISO_8859_1));
            appending.send("\r\n");
            assertThat(appending.readLine()).startsWith("a NO [");
            appending.send("b NOOP\r\n");
            appending.expect("b OK ");
        } finally {
            for (WireClient client : slow) {
                client.close();
            }
        }
    }

    /// The sessions of deaf clients end with the server, which does not wait for them to read.
    @ParameterizedTest
    @EnumSource(
            value = TestStores.class,
            names = {"MEMORY", "LOFT_IN_FILES"})
    void aServerStopsThoughClientsReadNothing(TestStores store) throws Exception {
        List<WireClient> deaf = new ArrayList<>();
        try {
            try (TestServer server = server(store);
                    ImapClient worker = worker(server)) {
                for (int i = 0; i < 4; i++) {
                    WireClient client = narrow(server);
                    client.send("s SELECT INBOX\r\n");
                    until(client, "s");
                    client.send(
                            i % 2 == 0
                                    ? "f FETCH 1:* (BODY.PEEK[])\r\n"
                                    : "n NOTIFY SET (SELECTED (MessageNew (BODY.PEEK[]) MessageExpunge))\r\n");
                    deaf.add(client);
                }
                worker.ok("APPEND INBOX", LARGE);
                work(worker, 0);
            }
        } finally {
            for (WireClient client : deaf) {
                client.close();
            }
        }
    }
}
