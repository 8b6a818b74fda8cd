package palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.Seeds;
import palomar.testkit.TestServer;
import palomar.testkit.WireClient;

/// What transcripts can't show: TLS, time, shutdown, our own faults and what is logged.
class ImapSessionTest {
    private final CopyOnWriteArrayList<String> lines = new CopyOnWriteArrayList<>();
    private final Event events = Event.root(new Event.Sink() {
        @Override
        public boolean wants(Event.Level level, String name) {
            return true;
        }

        @Override
        public void accept(
                Event.Level level, String name, List<Object> fields, String text, @Nullable Throwable cause) {
            lines.add(level + " " + name + " " + text + " " + fields + " " + cause);
        }
    });

    private static Storage store() {
        return new MemoryStorage(InstantSource.system(), Seeds.random("session"));
    }

    private static WireClient connect(TestServer server) throws IOException {
        WireClient client = WireClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        client.expect("* OK ");
        return client;
    }

    private static void login(WireClient client) throws IOException {
        client.send("l LOGIN anna secret\r\n");
        client.expect("l OK ");
    }

    @Test
    void whatIsSentBehindStartTlsInPlainIsDropped() throws Exception {
        try (TestServer server = new TestServer(store(), List.of("tls"));
                WireClient client = connect(server)) {
            client.send("a STARTTLS\r\nb LOGIN anna secret\r\n");
            client.expect("a OK ");
            client.startTls();
            client.send("c CAPABILITY\r\n");
            assertThat(client.readLine()).contains("AUTH=PLAIN").doesNotContain("STARTTLS");
            client.expect("c OK ");
            client.send("d STARTTLS\r\n");
            client.expect("d BAD TLS is active already");
            login(client);
        }
    }

    @Test
    void limitsThatAreJustTheConfiguredOnesAreNotKept() throws Exception {
        try (TestServer server = new TestServer(store(), List.of("quota 10 1000 - -", "admin"));
                WireClient client = connect(server);
                UserMail anna = server.storage().open("anna")) {
            login(client);
            client.send("a SETQUOTA #user/anna (STORAGE 5)\r\n");
            client.expect("* QUOTA \"#user/anna\" (STORAGE 0 5)");
            client.expect("a OK ");
            assertThat(anna.attributes().under("quota/")).hasSize(1);
            client.send("b SETQUOTA #user/anna (STORAGE 10 MESSAGE 1000)\r\n");
            client.expect("* QUOTA \"#user/anna\" (STORAGE 0 10 MESSAGE 0 1000)");
            client.expect("b OK ");
            assertThat(anna.attributes().under("quota/")).isEmpty();
        }
    }

    @Test
    void withoutACertificateThereIsNoStartTls() throws Exception {
        try (TestServer server = new TestServer(store(), List.of());
                WireClient client = connect(server)) {
            client.send("a STARTTLS\r\n");
            client.expect("a NO ");
        }
    }

    @Test
    void aStoppingServerSaysBye() throws Exception {
        try (TestServer server = new TestServer(store(), List.of());
                WireClient quiet = connect(server);
                WireClient idling = connect(server)) {
            login(idling);
            idling.send("s SELECT INBOX\r\ni IDLE\r\n");
            String line = idling.readLine();
            while (!line.startsWith("+ ")) {
                line = idling.readLine();
            }
            server.network().stop(Duration.ofSeconds(20));
            quiet.expect("* BYE [UNAVAILABLE]");
            idling.expect("* BYE [UNAVAILABLE]");
        }
    }

    @Test
    void whoSaysNothingIsSentAway() throws Exception {
        Duration moment = Duration.ofMillis(1);
        Duration hour = Duration.ofHours(1);
        ImapSettings strangers = ImapSettings.DEFAULTS.withPatience(moment, hour, hour);
        try (TestServer server = new TestServer(store(), List.of(), strangers, events);
                WireClient client = connect(server)) {
            client.expect("* BYE ");
        }
        ImapSettings users = ImapSettings.DEFAULTS.withPatience(hour, moment, hour);
        try (TestServer server = new TestServer(store(), List.of(), users, events);
                WireClient client = connect(server)) {
            login(client);
            client.expect("* BYE ");
        }
        ImapSettings idlers = ImapSettings.DEFAULTS.withPatience(hour, hour, moment);
        try (TestServer server = new TestServer(store(), List.of(), idlers, events);
                WireClient client = connect(server)) {
            login(client);
            client.send("i IDLE\r\n");
            client.expect("+ ");
            client.expect("* BYE ");
        }
    }

    @Test
    void ourOwnFaultsAreLoggedWithTheReferenceThatTheClientGets() throws Exception {
        try (TestServer server = new TestServer(failing(), List.of(), ImapSettings.DEFAULTS, events);
                WireClient client = connect(server)) {
            login(client);
            client.send("a LIST \"\" *\r\n");
            String answer = client.readLine();
            assertThat(answer).startsWith("a NO [SERVERBUG] internal error, reference ");
            String reference = answer.substring(answer.length() - 4);
            assertThat(lines)
                    .anyMatch(line -> line.startsWith("ERROR imap.internal-error")
                            && line.contains(reference)
                            && line.contains("the list is broken"));
            client.send("b NOOP\r\n");
            client.expect("b OK ");
        }
    }

    /// RFC 5819 2: no STATUS, but `\NoSelect`, for a mailbox that goes while LIST runs; no STATUS for one that is
    /// damaged.
    @Test
    void listIsAnsweredWhenTheStatusOfSomeCannotBeHad() throws Exception {
        for (MailError why : List.of(MailError.NOT_FOUND, MailError.CORRUPTION)) {
            Storage real = store();
            Storage failing = proxy(
                    Storage.class,
                    real,
                    (method, result) -> method.equals("open")
                            ? proxy(UserMail.class, (UserMail) result, (inner, value) -> {
                                if (inner.equals("status")) {
                                    throw new MailException(why, "not now");
                                }
                                return value;
                            })
                            : result);
            try (TestServer server = new TestServer(failing, List.of(), ImapSettings.DEFAULTS, events);
                    WireClient client = connect(server)) {
                login(client);
                client.send("a LIST \"\" * RETURN (STATUS (MESSAGES))\r\n");
                client.expect(
                        why == MailError.NOT_FOUND
                                ? "* LIST (\\NonExistent \\NoSelect \\HasNoChildren) \"/\" INBOX"
                                : "* LIST (\\HasNoChildren) \"/\" INBOX");
                client.expect("a OK ");
            }
        }
    }

    @Test
    void noPasswordIsEverLogged() throws Exception {
        try (TestServer server = new TestServer(store(), List.of(), ImapSettings.DEFAULTS, events);
                WireClient client = connect(server)) {
            client.send("a LOGIN anna hush-hush\r\n");
            client.expect("a NO ");
            client.send("b AUTHENTICATE PLAIN AGFubmEAaHVzaC1odXNo\r\n");
            client.expect("b NO ");
            client.send("c LOGIN {4+}\r\nanna {9+}\r\nhush-hush trailing\r\n");
            client.expect("c BAD ");
            client.send("hush-hush\r\n");
            client.expect("hush-hush BAD ");
            login(client);
        }
        assertThat(lines).isNotEmpty();
        assertThat(lines)
                .filteredOn(line -> line.startsWith("DEBUG imap.command"))
                .isNotEmpty();
        assertThat(lines)
                .noneMatch(line -> line.contains("hush") || line.contains("secret") || line.contains("AGFubmEA"));
        assertThat(lines).anyMatch(line -> line.startsWith("DEBUG imap.login-failed") && line.contains("anna"));
    }

    /// A store whose list of mailboxes can't be read because of a bug.
    private static Storage failing() {
        Storage real = store();
        return proxy(
                Storage.class,
                real,
                (method, result) -> method.equals("open")
                        ? proxy(UserMail.class, (UserMail) result, (inner, value) -> {
                            if (inner.equals("mailboxes")) {
                                throw new IllegalStateException("the list is broken");
                            }
                            return value;
                        })
                        : result);
    }

    private interface Change {
        @Nullable
        Object of(String method, @Nullable Object result);
    }

    private static <T> T proxy(Class<T> type, T real, Change change) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    try {
                        return change.of(method.getName(), method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
