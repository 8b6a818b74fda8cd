package palomar.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import palomar.auth.AuthRequest;
import palomar.auth.AuthResult;
import palomar.auth.Authenticator;
import palomar.auth.UserRecord;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.net.Endpoint;
import palomar.net.Listener;
import palomar.net.ListenerSettings;
import palomar.net.Network;
import palomar.sasl.Mechanisms;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;
import palomar.storage.QuotaLimits;
import palomar.storage.StagedMessage;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.testkit.StorageSpy;
import palomar.testkit.TestStores;
import palomar.testkit.WireClient;

/// What sessions ask of the store, and what they say when it fails.
class Pop3MaildropTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String MAIL = "Subject: one\r\n\r\na\r\n";

    private final Storage storage = store();
    private final StorageSpy spy = new StorageSpy(storage);
    private final Network network = new Network(InstantSource.system(), Event.SILENT);
    private Listener listener;

    private static Storage store() {
        try {
            return TestStores.LOFT_IN_MEMORY.open(Path.of("/loft"), InstantSource.fixed(NOW));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Open() implements Authenticator {
        @Override
        public AuthResult authenticate(AuthRequest request) {
            return new AuthResult.Success(new UserRecord(request.authcid(), Map.of()));
        }

        @Override
        public Optional<UserRecord> lookup(String service, String user) {
            return Optional.empty();
        }
    }

    @BeforeEach
    void begin() throws IOException {
        Pop3Settings settings = new Pop3Settings(
                false,
                Mechanisms.STANDARD,
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                3,
                10,
                UidlFormat.USUAL,
                false,
                true,
                false,
                Duration.ZERO,
                Optional.empty(),
                false,
                Pop3Language.ENGLISH,
                List.of(),
                new QuotaLimits(1, 1, QuotaLimits.UNLIMITED, QuotaLimits.UNLIMITED));
        Pop3Service service = new Pop3Service(
                settings, new Open(), spy.storage(), Optional::empty, InstantSource.fixed(NOW), Event.SILENT);
        Endpoint endpoint = new Endpoint.Tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener = network.listen(ListenerSettings.of("pop3", endpoint, false), null, service);
    }

    @AfterEach
    void end() throws InterruptedException {
        network.stop(Duration.ZERO);
        storage.close();
    }

    private void deliver(int count) throws IOException {
        try (UserMail anna = storage.open("anna");
                Mailbox inbox =
                        anna.open(anna.find(MailboxName.INBOX).orElseThrow().id());
                Staging staging = storage.stage()) {
            staging.write(MAIL.getBytes(StandardCharsets.US_ASCII));
            StagedMessage staged = staging.finish();
            List<Mailbox.NewMessage> messages = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                messages.add(new Mailbox.NewMessage(staged, new byte[0], Flags.NONE, NOW));
            }
            inbox.append(messages);
        }
    }

    private WireClient login() throws IOException {
        WireClient client = WireClient.connect(((Endpoint.Tcp) listener.endpoint()).address());
        client.expect("+OK ");
        client.line("USER anna").expect("+OK");
        client.line("PASS x").expect("+OK");
        return client;
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

    private static int lines(WireClient client, String command) throws IOException {
        client.line(command).expect("+OK");
        int count = 0;
        while (!client.readLine().equals(".")) {
            count++;
        }
        return count;
    }

    @Test
    void noMessageIsOpenedBeforeRetrOrTop() throws IOException {
        deliver(10_000);
        try (WireClient client = login()) {
            client.line("STAT").expect("+OK 10000 " + 10_000L * MAIL.length());
            assertThat(lines(client, "LIST")).isEqualTo(10_000);
            assertThat(lines(client, "UIDL")).isEqualTo(10_000);
            client.line("LIST 9999").expect("+OK 9999 " + MAIL.length());
            client.line("UIDL 9999").expect("+OK 9999 ");
            client.line("DELE 1").expect("+OK");
            assertThat(spy.calls("MessageCursor.content")).isZero();
            assertThat(spy.calls("MessageCursor.digest")).isZero();
            // One walk through the rows at login, and none for UIDL by UID.
            assertThat(spy.calls("MessageCursor.seek")).isEqualTo(10_000);
            assertThat(lines(client, "RETR 5000")).isEqualTo(3);
            assertThat(spy.calls("MessageCursor.content")).isEqualTo(1);
            assertThat(lines(client, "TOP 5000 0")).isEqualTo(2);
            assertThat(spy.calls("MessageCursor.content")).isEqualTo(2);
            client.line("QUIT").expect("+OK 1 messages deleted");
        }
    }

    @Test
    void whenTheStoreFailsAtQuitNothingIsDeletedNorMarked() throws IOException {
        deliver(3);
        spy.fail("Mailbox.expunge", new MailException(MailError.UNAVAILABLE, "the store is away"));
        try (WireClient client = login()) {
            client.line("DELE 2").expect("+OK");
            client.line("QUIT").expect("-ERR [SYS/TEMP] some messages were not deleted: the store is away");
            assertThat(client.atEnd()).isTrue();
        }
        assertThat(inbox()).containsExactly("1 0", "2 0", "3 0");
    }

    @Test
    void aDiskThatFailsAtQuitIsToldToo() throws IOException {
        deliver(3);
        spy.fail("Mailbox.store", new UncheckedIOException(new IOException("Input/output error")));
        try (WireClient client = login()) {
            client.line("DELE 2").expect("+OK");
            client.line("QUIT").expect("-ERR [SYS/TEMP] some messages were not deleted: the store has failed");
            assertThat(client.atEnd()).isTrue();
        }
        assertThat(inbox()).containsExactly("1 0", "2 0", "3 0");
    }

    @Test
    void aStoreThatIsAwayIsNotTheClientsFault() throws IOException {
        spy.fail("Storage.open", new MailException(MailError.UNAVAILABLE, "the store is away"));
        try (WireClient client = WireClient.connect(((Endpoint.Tcp) listener.endpoint()).address())) {
            client.expect("+OK ");
            for (int i = 0; i < 4; i++) {
                client.line("USER anna").expect("+OK");
                client.line("PASS x").expect("-ERR [SYS/TEMP] the maildrop is not available");
            }
        }
    }

    @Test
    void whoIsOverHisQuotaCanStillDelete() throws IOException {
        deliver(3);
        try (WireClient client = login()) {
            lines(client, "RETR 1");
            client.line("DELE 1").expect("+OK");
            client.line("DELE 2").expect("+OK");
            client.line("QUIT").expect("+OK 2 messages deleted");
        }
        assertThat(inbox()).containsExactly("3 0");
    }
}
