package palomar.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import palomar.auth.AuthRequest;
import palomar.auth.AuthResult;
import palomar.auth.Authenticator;
import palomar.auth.UserRecord;
import palomar.event.Event;
import palomar.imap.ImapService;
import palomar.imap.ImapSettings;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.net.Endpoint;
import palomar.net.Listener;
import palomar.net.ListenerSettings;
import palomar.net.Network;
import palomar.storage.Mailbox;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// A whole IMAP server on a loopback port of the system's choice, over any store, with one user. Time stands still.
public final class TestServer implements AutoCloseable {
    public static final String USER = "anna";
    public static final String PASSWORD = "secret";

    /// The internal date of each mail that a fixture brings.
    public static final Instant DATE = Instant.parse("2026-01-02T03:04:05Z");

    private final Storage storage;
    private final Network network;
    private final Listener listener;

    /// @param storage is closed with the server
    public TestServer(Storage storage, List<String> settings) throws IOException {
        this.storage = storage;
        this.network = new Network(InstantSource.system(), Event.SILENT);
        ImapSettings imap = ImapSettings.DEFAULTS.withPlaintext(true);
        for (String setting : settings) {
            imap = switch (setting) {
                case "small messages" -> imap.withLargestMessage(1000);
                default -> throw new IllegalArgumentException("no such setting: " + setting);
            };
        }
        InstantSource clock = InstantSource.fixed(DATE);
        ImapService service = new ImapService(imap, new OneUser(), storage, Optional::empty, clock, Event.SILENT);
        Endpoint endpoint = new Endpoint.Tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.listener = network.listen(ListenerSettings.of("imap", endpoint, false), null, service);
    }

    public int port() {
        return ((Endpoint.Tcp) listener.endpoint()).address().getPort();
    }

    /// Makes a mailbox with mails, `name (\Seen $Work)` each.
    void fill(String name, List<String> mails) {
        try (UserMail user = storage.open(USER);
                Mailbox mailbox = user.open(existing(user, MailboxName.of(name)).id())) {
            for (String mail : mails) {
                int open = mail.indexOf(" (");
                Flags flags = open < 0 ? Flags.NONE : flags(mail.substring(open + 2, mail.length() - 1));
                append(mailbox, Mails.named(open < 0 ? mail : mail.substring(0, open)), flags);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UserMail.Entry existing(UserMail user, MailboxName name) {
        return user.find(name).orElseGet(() -> user.create(name, Set.of()));
    }

    private static Flags flags(String words) {
        int system = 0;
        List<String> keywords = new ArrayList<>();
        for (String word : words.split(" ")) {
            int bit = SystemFlags.bit(word);
            system |= bit;
            if (bit == 0) {
                keywords.add(word);
            }
        }
        return new Flags(system, keywords);
    }

    private void append(Mailbox mailbox, byte[] mail, Flags flags) throws IOException {
        try (Staging staging = storage.stage()) {
            staging.write(mail);
            mailbox.append(List.of(new Mailbox.NewMessage(staging.finish(), new byte[0], flags, DATE)));
        }
    }

    /// As LMTP does it.
    void deliver(String mailbox, String mail) throws IOException {
        try (Staging staging = storage.stage()) {
            staging.write(Mails.named(mail));
            storage.deliver(
                    staging.finish(),
                    List.of(new Storage.Target(USER, MailboxName.of(mailbox), new byte[0], Flags.NONE, DATE)));
        }
    }

    @Override
    public void close() {
        try {
            network.stop(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            storage.close();
        }
    }

    private static final class OneUser implements Authenticator {
        @Override
        public AuthResult authenticate(AuthRequest request) {
            boolean right = request.authcid().equals(USER)
                    && new String(request.password(), StandardCharsets.UTF_8).equals(PASSWORD);
            return right
                    ? new AuthResult.Success(new UserRecord(USER, Map.of()))
                    : new AuthResult.Denied("wrong");
        }

        @Override
        public Optional<UserRecord> lookup(String service, String user) {
            return user.equals(USER) ? Optional.of(new UserRecord(USER, Map.of())) : Optional.empty();
        }
    }
}
