package palomar.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import palomar.auth.AuthRequest;
import palomar.auth.AuthResult;
import palomar.auth.Authenticator;
import palomar.auth.ClientAddress;
import palomar.auth.ScramSalt;
import palomar.auth.UserRecord;
import palomar.auth.fixed.DemoAuthenticator;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.net.Cidr;
import palomar.net.Endpoint;
import palomar.net.Listener;
import palomar.net.ListenerSettings;
import palomar.net.Network;
import palomar.net.TlsContext;
import palomar.password.ScramHash;
import palomar.sasl.Mechanisms;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;
import palomar.storage.QuotaLimits;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.Seeds;
import palomar.testkit.TestCertificate;
import palomar.testkit.WireClient;

/// Sessions over a real connection, on a store in memory with three messages for anna. RFC 1939
class Pop3SessionTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String FIRST = "Subject: one\r\n\r\na\r\n.b\r\nc\r\n";
    private static final String SECOND = "Subject: two\r\n\r\nx\r\n";
    private static final String THIRD = "Subject: three\r\n\r\n.\r\n";

    private final Storage storage = new MemoryStorage(InstantSource.fixed(NOW), Seeds.random("pop3"));
    private final Network network = new Network(InstantSource.system(), Event.SILENT);
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final AtomicReference<SocketAddress> seen = new AtomicReference<>();
    private final InstantSource clock = now::get;
    private Listener listener;
    private Pop3Service service;

    private record OneUser(AtomicReference<SocketAddress> seen) implements Authenticator {
        @Override
        public AuthResult authenticate(AuthRequest request) {
            seen.set(request.remote());
            boolean right = new String(request.password(), StandardCharsets.UTF_8).equals("se cret");
            return switch (request.authcid()) {
                case "away" -> new AuthResult.Unavailable("the database is away");
                case "locked" -> new AuthResult.Refused("locked for good");
                case "anna", "bob" ->
                    right
                            ? new AuthResult.Success(new UserRecord(request.authcid(), Map.of()))
                            : new AuthResult.Denied("wrong password");
                default -> new AuthResult.Denied("no such user");
            };
        }

        @Override
        public Optional<UserRecord> lookup(String service, String user) {
            return Optional.empty();
        }
    }

    /// The demo's users can do SCRAM; they have another password.
    private record ScramToo(Authenticator others, Authenticator demo) implements Authenticator {
        ScramToo(AtomicReference<SocketAddress> seen) {
            this(new OneUser(seen), new DemoAuthenticator());
        }

        @Override
        public AuthResult authenticate(AuthRequest request) {
            return request.proof().isPresent() ? demo.authenticate(request) : others.authenticate(request);
        }

        @Override
        public Set<ScramHash> scram() {
            return demo.scram();
        }

        @Override
        public ScramSalt salt(ScramHash hash, ClientAddress client, String authcid) {
            return demo.salt(hash, client, authcid);
        }

        @Override
        public Optional<UserRecord> lookup(String service, String user) {
            return others.lookup(service, user);
        }
    }

    private static Pop3Settings settings(boolean keepsUnread, boolean deletes, boolean onlyRead, int sessions) {
        return settings(keepsUnread, deletes, onlyRead, sessions, Duration.ZERO, Optional.empty(), List.of());
    }

    private static Pop3Settings settings(
            boolean keepsUnread,
            boolean deletes,
            boolean onlyRead,
            int sessions,
            Duration delay,
            Optional<Integer> expire,
            List<Cidr> xclient) {
        return new Pop3Settings(
                false,
                Mechanisms.STANDARD.withNonces(() -> "3rfcNHYJY1ZVvWVs7j"),
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                3,
                sessions,
                UidlFormat.USUAL,
                keepsUnread,
                deletes,
                onlyRead,
                delay,
                expire,
                false,
                Pop3Language.GERMAN,
                xclient,
                QuotaLimits.NONE);
    }

    @BeforeEach
    void begin() throws IOException {
        deliver(FIRST, SECOND, THIRD);
        Optional<TlsContext> tls = Optional.of(TestCertificate.context());
        service = new Pop3Service(
                settings(false, true, false, 10), new ScramToo(seen), storage, () -> tls, clock, Event.SILENT);
        Endpoint endpoint = new Endpoint.Tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener = network.listen(ListenerSettings.of("pop3", endpoint, false), null, service);
    }

    @AfterEach
    void end() throws InterruptedException {
        network.stop(Duration.ZERO);
        storage.close();
    }

    private void deliver(String... messages) throws IOException {
        for (String message : messages) {
            try (UserMail anna = storage.open("anna");
                    Staging staging = storage.stage()) {
                staging.write(message.getBytes(StandardCharsets.UTF_8));
                storage.deliver(
                        staging.finish(),
                        List.of(new Storage.Target(anna.user(), MailboxName.INBOX, new byte[0], Flags.NONE, NOW)));
            }
        }
    }

    private WireClient connect() throws IOException {
        WireClient client = WireClient.connect(((Endpoint.Tcp) listener.endpoint()).address());
        client.expect("+OK ");
        return client;
    }

    private WireClient login() throws IOException {
        WireClient client = connect();
        client.line("USER anna");
        client.expect("+OK");
        client.line("PASS se cret");
        client.expect("+OK ");
        return client;
    }

    private static List<String> lines(WireClient client, String command) throws IOException {
        client.line(command);
        client.expect("+OK");
        List<String> lines = new ArrayList<>();
        for (String line = client.readLine(); !line.equals("."); line = client.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    private List<String> inbox() {
        List<String> rows = new ArrayList<>();
        try (UserMail anna = storage.open("anna");
                Mailbox inbox =
                        anna.open(anna.find(MailboxName.INBOX).orElseThrow().id());
                MessageCursor row = inbox.cursor()) {
            for (int i = 1; i <= inbox.view().count(); i++) {
                row.seek(inbox.view().uid(i));
                rows.add(row.uid() + " " + row.systemFlags());
            }
        }
        return rows;
    }

    @Test
    void listsAndSendsMessages() throws IOException {
        try (WireClient client = login()) {
            client.line("STAT");
            client.expect("+OK 3 " + (FIRST.length() + SECOND.length() + THIRD.length()));
            assertThat(lines(client, "LIST"))
                    .containsExactly("1 " + FIRST.length(), "2 " + SECOND.length(), "3 " + THIRD.length());
            client.line("LIST 2");
            client.expect("+OK 2 " + SECOND.length());
            client.line("LIST 4");
            client.expect("-ERR");
            assertThat(lines(client, "RETR 1")).containsExactly("Subject: one", "", "a", "..b", "c");
            assertThat(lines(client, "RETR 3")).containsExactly("Subject: three", "", "..");
            assertThat(lines(client, "TOP 1 2")).containsExactly("Subject: one", "", "a", "..b");
            assertThat(lines(client, "TOP 2 0")).containsExactly("Subject: two", "");
        }
    }

    @Test
    void uniqueIdsAreDovecots() throws IOException {
        try (WireClient client = login()) {
            List<String> ids = lines(client, "UIDL");
            assertThat(ids).hasSize(3);
            assertThat(ids.get(1)).startsWith("2 00000002").hasSize(18);
            client.line("UIDL 2");
            client.expect("+OK " + ids.get(1));
        }
    }

    @Test
    void deletesAtQuitAndNotBefore() throws IOException {
        try (WireClient client = login()) {
            client.line("DELE 1").expect("+OK");
            client.line("DELE 3").expect("+OK");
            client.line("DELE 1").expect("-ERR");
            client.line("RETR 1").expect("-ERR");
            client.line("STAT").expect("+OK 1 " + SECOND.length());
            assertThat(lines(client, "LIST")).containsExactly("2 " + SECOND.length());
            client.line("RSET").expect("+OK");
            client.line("DELE 2").expect("+OK");
            assertThat(inbox()).hasSize(3);
            client.line("QUIT").expect("+OK 1 messages deleted");
            assertThat(client.atEnd()).isTrue();
        }
        assertThat(inbox()).containsExactly("1 0", "3 0");
    }

    @Test
    void deletesNothingWhenTheClientVanishes() throws Exception {
        try (WireClient client = login()) {
            client.line("DELE 1").expect("+OK");
        }
        network.stop(Duration.ofSeconds(5));
        assertThat(inbox()).hasSize(3);
    }

    @Test
    void marksWhatWasSentAsRead() throws IOException {
        try (WireClient client = login()) {
            lines(client, "RETR 2");
            lines(client, "TOP 1 0");
            client.line("QUIT").expect("+OK");
        }
        assertThat(inbox()).containsExactly("1 0", "2 " + SystemFlags.SEEN, "3 0");
    }

    @Test
    void mayLeaveMessagesUnreadAndHideThemInsteadOfDeletingThem() throws IOException {
        service.reload(settings(true, false, false, 10));
        try (WireClient client = login()) {
            lines(client, "RETR 2");
            client.line("DELE 2").expect("+OK");
            client.line("QUIT").expect("+OK");
        }
        assertThat(inbox()).containsExactly("1 0", "2 " + SystemFlags.DELETED, "3 0");
        try (WireClient client = login()) {
            assertThat(lines(client, "LIST")).containsExactly("1 " + FIRST.length(), "2 " + THIRD.length());
        }
    }

    @Test
    void mayDeleteOnlyWhatWasRead() throws IOException {
        service.reload(settings(true, true, true, 10));
        try (WireClient client = login()) {
            lines(client, "RETR 2");
            client.line("DELE 1").expect("+OK");
            client.line("DELE 2").expect("+OK");
            client.line("QUIT").expect("+OK 1 messages deleted");
        }
        assertThat(inbox()).containsExactly("1 0", "3 0");
    }

    @Test
    void whatComesDuringASessionIsForTheNextOne() throws IOException {
        try (WireClient client = login()) {
            deliver(SECOND);
            client.line("STAT").expect("+OK 3 ");
        }
        try (WireClient client = login()) {
            client.line("STAT").expect("+OK 4 ");
        }
    }

    @Test
    void aMaildropCanBeExclusive() throws IOException {
        service.reload(settings(false, true, false, 1));
        try (WireClient first = login();
                WireClient second = connect()) {
            second.line("USER anna").expect("+OK");
            second.line("PASS se cret").expect("-ERR [IN-USE] ");
            first.line("QUIT").expect("+OK");
            assertThat(first.atEnd()).isTrue();
        }
    }

    @Test
    void scramTellsItsLastWordBeforeTheGoodNews() throws IOException {
        try (WireClient client = connect()) {
            client.line("AUTH SCRAM-SHA-256").expect("+ ");
            client.line("biwsbj1hbm5hLHI9ck9wck5HZndFYmVSV2diTkVrcU8=")
                    .expect("+ cj1yT3ByTkdmd0ViZVJXZ2JORWtxTzNyZmNOSFlKWTFaVnZXVnM3aixzPVlx"
                            + "a20yVGJQWVl0Vzc2Q3M2N2lMZWc9PSxpPTQwOTY=");
            client.line("Yz1iaXdzLHI9ck9wck5HZndFYmVSV2diTkVrcU8zcmZjTkhZSlkxWlZ2V1ZzN2oscD1kRX"
                            + "NUcUptZnlyUUhGUWsrY2plbCsvVkV5ZVFvdUt5cHFCOVJZcE53ZHRVPQ==")
                    .expect("+ dj1ScEVGSXRKSk9UTThudS83cTAycmhEbThEaE5zeXYwZE1xQklOSzBpdjFRPQ==");
            client.line("").expect("+OK 3 messages");
        }
    }

    @Test
    void takesSaslWithAndWithoutAnInitialResponse() throws IOException {
        try (WireClient client = connect()) {
            client.line("AUTH PLAIN AGFubmEAc2UgY3JldA==").expect("+OK 3 messages");
        }
        try (WireClient client = connect()) {
            client.line("AUTH PLAIN").expect("+ ");
            client.line("*").expect("-ERR authentication was cancelled");
            client.line("AUTH PLAIN").expect("+ ");
            client.line("AGFubmEAc2UgY3JldA==").expect("+OK 3 messages");
        }
        try (WireClient client = connect()) {
            client.line("AUTH LOGIN").expect("+ VXNlcm5hbWU6");
            client.line("YW5uYQ==").expect("+ UGFzc3dvcmQ6");
            client.line("c2UgY3JldA==").expect("+OK 3 messages");
        }
        try (WireClient client = connect()) {
            client.line("AUTH X-NEW").expect("-ERR there is no such mechanism");
        }
    }

    @Test
    void refusalsHaveTheirCodesAndRevealNothing() throws IOException {
        try (WireClient client = connect()) {
            client.line("PASS x").expect("-ERR USER comes before PASS");
            client.line("STAT").expect("-ERR log in first");
            client.line("USER nobody").expect("+OK");
            String unknown = client.line("PASS se cret").readLine();
            client.line("USER anna").expect("+OK");
            assertThat(client.line("PASS wrong").readLine()).isEqualTo(unknown).startsWith("-ERR [AUTH] ");
            client.line("USER away").expect("+OK");
            client.line("PASS se cret").expect("-ERR [SYS/TEMP] ");
            client.line("USER locked").expect("+OK");
            client.line("PASS se cret").expect("-ERR [AUTH] locked for good");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void saysWhatItCanDo() throws IOException {
        try (WireClient client = connect()) {
            assertThat(lines(client, "CAPA"))
                    .contains(
                            "TOP",
                            "UIDL",
                            "USER",
                            "SASL PLAIN LOGIN SCRAM-SHA-256 SCRAM-SHA-1",
                            "STLS",
                            "PIPELINING",
                            "RESP-CODES");
            client.line("STLS").expect("+OK");
            client.startTls();
            assertThat(lines(client, "CAPA")).contains("USER").doesNotContain("STLS");
            client.line("STLS").expect("-ERR");
        }
    }

    @Test
    void whatIsSentBehindStlsInPlainIsDropped() throws IOException {
        try (WireClient client = connect()) {
            client.send("STLS\r\nUSER anna\r\n");
            client.expect("+OK");
            client.startTls();
            client.line("PASS se cret").expect("-ERR USER comes before PASS");
        }
    }

    @Test
    void answersPipelinedCommandsInOrder() throws IOException {
        try (WireClient client = connect()) {
            client.send("USER anna\r\nPASS se cret\r\nSTAT\r\nNOOP\r\nDELE 9\r\nQUIT\r\n");
            client.expect("+OK");
            client.expect("+OK 3 messages");
            client.expect("+OK 3 ");
            client.expect("+OK");
            client.expect("-ERR");
            client.expect("+OK");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void refusesWhatIsNoCommand() throws IOException {
        try (WireClient client = login()) {
            client.line("FROB").expect("-ERR unknown command");
            client.line("RETR").expect("-ERR");
            client.line("RETR x").expect("-ERR");
            client.line("RETR 0").expect("-ERR");
            client.line("RETR 99999999999999999999").expect("-ERR");
            client.line("TOP 1").expect("-ERR");
            client.line("TOP 1 -1").expect("-ERR");
            client.line("STAT 1").expect("-ERR");
            client.line("NO\u0000OP").expect("-ERR");
            client.line("noop").expect("+OK");
            client.send("x".repeat(17_000));
            client.expect("-ERR the line is too long");
        }
    }

    @Test
    void headersInUtf8AreForClientsThatKnowIt() throws IOException {
        String header = "Subject: f\u00fcr J\u00f6rg\r\n\r\n";
        deliver(header + "\u00e4\r\n");
        try (WireClient client = login()) {
            client.line("UTF8").expect("-ERR UTF8 comes before login");
            assertThat(lines(client, "RETR 4")).startsWith("Subject: =?UTF-8?Q?f=C3=BCr_J=C3=B6rg?=", "");
            assertThat(lines(client, "TOP 4 0")).containsExactly("Subject: =?UTF-8?Q?f=C3=BCr_J=C3=B6rg?=", "");
            assertThat(lines(client, "RETR 1")).containsExactly("Subject: one", "", "a", "..b", "c");
        }
        try (WireClient client = connect()) {
            client.line("UTF8 x").expect("-ERR");
            client.line("UTF8").expect("+OK");
            client.line("AUTH PLAIN AGFubmEAc2UgY3JldA==").expect("+OK 4 messages");
            client.line("RETR 4").expect("+OK " + (header.length() + 5 + 1) + " octets");
            assertThat(client.readLine() + "\r\n\r\n").isEqualTo(header);
        }
    }

    @Test
    void speaksTheClientsLanguage() throws IOException {
        try (WireClient client = connect()) {
            assertThat(lines(client, "LANG")).containsExactly("en English", "de Deutsch");
            client.line("LANG mul").expect("-ERR there is no such language");
            client.line("STAT").expect("-ERR log in first");
            client.line("LANG de-CH").expect("+OK de die Sprache ist jetzt Deutsch");
            client.line("STAT").expect("-ERR melden Sie sich zuerst an");
            client.line("LANG a b").expect("-ERR LANG braucht eine Sprache");
            client.line("AUTH PLAIN AGFubmEAc2UgY3JldA==").expect("+OK 3 Nachrichten");
            client.line("LANG EN").expect("+OK en the language is English");
            client.line("LANG *").expect("+OK de ");
            client.line("QUIT").expect("+OK 0 Nachrichten ");
        }
    }

    @Test
    void tlsForgetsTheLanguage() throws IOException {
        try (WireClient client = connect()) {
            client.line("LANG de").expect("+OK de ");
            client.line("STLS").expect("+OK TLS beginnt");
            client.startTls();
            client.line("STAT").expect("-ERR log in first");
        }
    }

    @Test
    void usersMayHaveToWaitBetweenLogins() throws IOException {
        service.reload(settings(false, true, false, 10, Duration.ofMinutes(5), Optional.of(30), List.of()));
        try (WireClient client = connect()) {
            assertThat(lines(client, "CAPA")).contains("LOGIN-DELAY 300", "EXPIRE 30", "UTF8 USER", "LANG");
        }
        try (WireClient client = login()) {
            assertThat(lines(client, "CAPA")).contains("LOGIN-DELAY 300", "EXPIRE 30", "UTF8 USER", "LANG");
        }
        try (WireClient client = connect()) {
            client.line("USER anna").expect("+OK");
            client.line("PASS wrong").expect("-ERR [AUTH] ");
            client.line("USER anna").expect("+OK");
            client.line("PASS se cret").expect("-ERR [LOGIN-DELAY] ");
            client.line("USER bob").expect("+OK");
            client.line("PASS se cret").expect("+OK ");
        }
        now.set(NOW.plusSeconds(300));
        login().close();
    }

    @Test
    void strangersDoNotStayByTalking() throws IOException {
        try (WireClient client = connect()) {
            now.set(NOW.plusSeconds(179));
            client.line("CAPA").expect("+OK");
            while (!client.readLine().equals(".")) {}
            now.set(NOW.plusSeconds(180));
            client.line("CAPA").expect("+OK");
            while (!client.readLine().equals(".")) {}
            client.expect("-ERR nothing was said for too long");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void onlyATrustedProxyNamesTheClient() throws IOException {
        try (WireClient client = connect()) {
            client.line("XCLIENT ADDR=192.0.2.1").expect("-ERR XCLIENT is not for you");
        }
        service.reload(
                settings(false, true, false, 10, Duration.ZERO, Optional.empty(), List.of(Cidr.parse("127.0.0.0/8"))));
        try (WireClient client = WireClient.connect(((Endpoint.Tcp) listener.endpoint()).address())) {
            client.expect("+OK [XCLIENT] ");
            client.line("XCLIENT ADDR=host.example").expect("-ERR no such address");
            client.line("XCLIENT PORT=99999").expect("-ERR no such address");
            client.line("XCLIENT").expect("-ERR");
            client.line("XCLIENT ADDR=1.2.3.4 addr=1.2.3.4").expect("-ERR");
            client.line("XCLIENT ADDR=2001:db8::7 PORT=4711 SESSION=a+b TTL=3").expect("+OK updated");
            client.line("AUTH PLAIN AGFubmEAc2UgY3JldA==").expect("+OK 3 messages");
            assertThat(seen.get()).isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("2001:db8::7"), 4711));
            client.line("XCLIENT ADDR=192.0.2.1").expect("-ERR XCLIENT comes before login");
        }
    }

    @Test
    void twoSessionsMayDeleteTheSame() throws IOException {
        try (WireClient first = login();
                WireClient second = login()) {
            first.line("DELE 1").expect("+OK");
            second.line("DELE 1").expect("+OK");
            second.line("DELE 2").expect("+OK");
            first.line("QUIT").expect("+OK 1 messages deleted");
            assertThat(lines(second, "RETR 3")).containsExactly("Subject: three", "", "..");
            second.line("QUIT").expect("+OK 1 messages deleted");
        }
        assertThat(inbox()).containsExactly("3 " + SystemFlags.SEEN);
    }

    @Test
    void whatAnotherClientExpungesMeanwhileIsStillSent() throws IOException {
        try (WireClient client = login();
                UserMail anna = storage.open("anna");
                Mailbox inbox =
                        anna.open(anna.find(MailboxName.INBOX).orElseThrow().id())) {
            UidSet all = new UidSet.Builder().add(1).add(2).add(3).build();
            inbox.store(all, FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
            assertThat(inbox.expunge(all).uids().size()).isEqualTo(3);
            assertThat(lines(client, "LIST")).hasSize(3);
            assertThat(lines(client, "UIDL")).hasSize(3);
            assertThat(lines(client, "RETR 2")).containsExactly("Subject: two", "", "x");
            client.line("DELE 2").expect("+OK");
            client.line("QUIT").expect("+OK 0 messages deleted");
        }
        assertThat(inbox()).isEmpty();
    }
}
