package palomar.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import palomar.auth.AuthRequest;
import palomar.auth.AuthResult;
import palomar.auth.Authenticator;
import palomar.auth.UserRecord;
import palomar.auth.fixed.DemoAuthenticator;
import palomar.convert.ConversionLimits;
import palomar.convert.MediaType;
import palomar.delivery.MessageEvents;
import palomar.delivery.Refilter;
import palomar.event.Event;
import palomar.imap.AccountSettings;
import palomar.imap.ConvertSettings;
import palomar.imap.ImapService;
import palomar.imap.ImapSettings;
import palomar.imap.MessageLimits;
import palomar.imap.Workaround;
import palomar.imap.proto.Language;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.mail.SystemFlags;
import palomar.net.Cidr;
import palomar.net.Endpoint;
import palomar.net.Listener;
import palomar.net.ListenerSettings;
import palomar.net.Network;
import palomar.net.TlsContext;
import palomar.sasl.Mechanisms;
import palomar.storage.Mailbox;
import palomar.storage.QuotaLimits;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.user.QuotaSettings;

/// A whole IMAP server on a loopback port of the system's choice, over any store, with one user. Time stands
/// still.
///
/// Settings: `hasty N`: each look at the clock finds it N seconds later; `remote`: clients seem to come from
/// another machine, where passwords need TLS; `tls`: STARTTLS is offered; `largest N`: an appended message has at
/// most N bytes; `sessions N`: of one user at once; `messages N`: in one command; `saved N`: in one COPY or
/// APPEND; `scram`: the demo's door, so that `anna` has the password `demo` and SCRAM, with a nonce that is known;
/// `annotations N`: of one mailbox, the server having a comment and an admin; `standing NAME \\USE, ?NAME \\USE`:
/// mailboxes that are made, or only marked, at login; `quota STORAGE MESSAGES MAILBOXES ANNOTATIONS`: limits, in
/// KiB where in bytes, `-` for none; `warn PERCENT`: of it; `admin`: the user may set quotas;
/// `annotator USER`: may set the server's shared annotations; `language NAME`: what LANGUAGE default means;
/// `batch N`: the smallest batch of UIDBATCHES;
/// `watched N`: mailboxes of one NOTIFY;
/// `raw-headers`: APPEND takes any header; `submit USER`: may use URLs with `submit+`;
/// `no-unauthenticate`, `literal-minus`, `workaround NAME`; `referral URL` and
/// `mailbox_referrals LIST`: the user's userdb fields.
public final class TestServer implements AutoCloseable {
    public static final String USER = "anna";
    public static final String PASSWORD = "secret";

    /// Users who have the same password and, at first, no mail.
    static final Set<String> OTHERS = Set.of("fred", "submitserver");

    /// The internal date of each mail that a fixture brings.
    public static final Instant DATE = Instant.parse("2026-01-02T03:04:05Z");

    /// The server's part of each nonce of SCRAM; that of RFC 5802's example.
    static final String NONCE = "3rfcNHYJY1ZVvWVs7j";

    /// What a client sends first when it is to seem remote.
    static final String PROXY_HEADER = "PROXY TCP4 192.0.2.1 192.0.2.2 40000 143\r\n";

    private final Storage storage;
    private final Network network;
    private final Listener listener;
    private final boolean remote;

    /// @param storage is closed with the server
    public TestServer(Storage storage, List<String> settings) throws IOException {
        this(storage, settings, imapSettings(settings), Event.SILENT);
    }

    /// With the IMAP settings of a test, and its own ear for events.
    public TestServer(Storage storage, List<String> settings, ImapSettings imap, Event events) throws IOException {
        this(storage, settings, imap, events, MessageEvents.NONE, Optional.empty());
    }

    /// @param heard hears what clients do with messages
    public TestServer(Storage storage, List<String> settings, MessageEvents heard) throws IOException {
        this(storage, settings, imapSettings(settings), Event.SILENT, heard, Optional.empty());
    }

    /// @param sieve runs scripts for what clients do, and for FILTER
    public <T extends MessageEvents & Refilter> TestServer(Storage storage, T sieve) throws IOException {
        this(storage, List.of(), imapSettings(List.of()), Event.SILENT, sieve, Optional.of(sieve));
    }

    private TestServer(
            Storage storage,
            List<String> settings,
            ImapSettings imap,
            Event events,
            MessageEvents heard,
            Optional<Refilter> refilter)
            throws IOException {
        this.storage = storage;
        this.network = new Network(InstantSource.system(), events);
        this.remote = settings.contains("remote");
        Optional<TlsContext> tls = settings.contains("tls") ? Optional.of(TestCertificate.context()) : Optional.empty();
        InstantSource clock = clock(settings);
        ImapService service = new ImapService(imap, door(settings), storage, () -> tls, clock, events, heard, refilter);
        Endpoint endpoint = new Endpoint.Tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ListenerSettings usual = ListenerSettings.of("imap", endpoint, false);
        List<Cidr> proxies = remote ? List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1/128")) : List.of();
        this.listener = network.listen(
                new ListenerSettings("imap", endpoint, false, usual.mostConnections(), usual.mostPerAddress(), proxies),
                null,
                service);
    }

    private static Authenticator door(List<String> settings) {
        return settings.contains("scram") ? new DemoAuthenticator() : new OneUser(fields(settings));
    }

    private static InstantSource clock(List<String> settings) {
        for (String setting : settings) {
            if (setting.startsWith("hasty ")) {
                long step = Long.parseLong(setting.substring(6));
                AtomicLong looks = new AtomicLong();
                return () -> DATE.plusSeconds(looks.getAndIncrement() * step);
            }
        }
        return InstantSource.fixed(DATE);
    }

    private static Map<String, String> fields(List<String> settings) {
        Map<String, String> fields = new HashMap<>();
        for (String setting : settings) {
            String[] words = setting.split(" ", 2);
            if (words[0].endsWith("referral") || words[0].endsWith("referrals")) {
                fields.put(words[0], words[1]);
            }
        }
        return fields;
    }

    private static ImapSettings imapSettings(List<String> settings) {
        ImapSettings imap = ImapSettings.DEFAULTS;
        for (String setting : settings) {
            String[] words = setting.split(" ", 2);
            imap = switch (words[0]) {
                case "largest" -> imap.withLargestMessage(Long.parseLong(words[1]));
                case "sessions" -> imap.withSessionsPerUser(Integer.parseInt(words[1]));
                case "messages" -> imap.withMessageLimits(new MessageLimits(number(words), 0, 500, 1000));
                case "saved" -> imap.withMessageLimits(new MessageLimits(0, number(words), 500, 1000));
                case "watched" -> imap.withMessageLimits(new MessageLimits(0, 0, 500, number(words)));
                case "batch" -> imap.withMessageLimits(new MessageLimits(0, 0, number(words), 1000));
                case "convert" -> imap.withConvert(convert(words[1]));
                case "raw-headers" -> imap.withPolicy(imap.policy().withRawHeaders());
                case "submit" -> imap.withPolicy(imap.policy().withSubmissionUsers(Set.of(words[1])));
                case "annotations" -> imap.withAccount(accounts(imap, number(words), List.of()));
                case "standing" -> imap.withAccount(accounts(imap, 1000, List.of(words[1].split(", "))));
                case "no-unauthenticate" -> imap.withPolicy(imap.policy().withoutUnauthenticate());
                case "literal-minus" -> imap.withPolicy(imap.policy().withLiteralMinus());
                case "workaround" ->
                    imap.withPolicy(imap.policy().withWorkarounds(Set.of(Workaround.valueOf(words[1]))));
                case "annotator" -> imap.withAccount(imap.account().withAnnotator(words[1]));
                case "language" -> imap.withPolicy(imap.policy().withLanguage(Language.valueOf(words[1])));
                case "quota" -> imap.withAccount(quota(imap.account(), words[1]));
                case "warn" ->
                    imap.withAccount(quotas(
                            imap.account(),
                            new QuotaSettings(imap.account().quota().usual(), number(words), Set.of())));
                case "admin" ->
                    imap.withAccount(quotas(
                            imap.account(),
                            new QuotaSettings(imap.account().quota().usual(), 0, Set.of(USER))));
                case "referral", "mailbox_referrals" -> imap; // userdb fields
                case "scram" -> imap.withMechanisms(Mechanisms.STANDARD.withNonces(() -> NONCE));
                case "hasty", "remote", "tls" -> imap;
                default -> throw new IllegalArgumentException("no such setting: " + setting);
            };
        }
        return imap;
    }

    /// `off`, or `messages parts pixels`.
    private static ConvertSettings convert(String limits) {
        ConvertSettings usual = ConvertSettings.USUAL;
        if (limits.equals("off")) {
            return new ConvertSettings(false, usual.limits(), 1, 1, 1, usual.image());
        }
        String[] words = limits.split(" ");
        return new ConvertSettings(
                true,
                new ConversionLimits(64 << 10, Integer.parseInt(words[2])),
                1,
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                new MediaType("image", "png"));
    }

    private static AccountSettings accounts(ImapSettings imap, int mostAnnotations, List<String> standing) {
        return new AccountSettings(
                imap.account().largestAnnotation(),
                mostAnnotations,
                Optional.of("Palomar for tests"),
                Optional.of("mailto:postmaster@example.org"),
                standing.stream().map(TestServer::standing).toList(),
                imap.account().annotator(),
                imap.account().quota());
    }

    /// `storage messages mailboxes annotations`, the first and the last in KiB, `-` for no limit.
    private static AccountSettings quota(AccountSettings account, String limits) {
        long[] numbers = new long[4];
        String[] words = limits.split(" ");
        for (int i = 0; i < numbers.length; i++) {
            long unit = i == 0 || i == 3 ? 1024 : 1;
            numbers[i] = words[i].equals("-") ? QuotaLimits.UNLIMITED : Long.parseLong(words[i]) * unit;
        }
        QuotaLimits usual = new QuotaLimits(numbers[0], numbers[1], numbers[2], numbers[3]);
        return quotas(
                account,
                new QuotaSettings(
                        usual, account.quota().warnPercent(), account.quota().admins()));
    }

    private static AccountSettings quotas(AccountSettings account, QuotaSettings quota) {
        return new AccountSettings(
                account.largestAnnotation(),
                account.mostAnnotations(),
                account.comment(),
                account.admin(),
                account.mailboxes(),
                account.annotator(),
                quota);
    }

    /// `Sent \\Sent`, made and subscribed; after `?` only marked.
    private static AccountSettings.StandingMailbox standing(String text) {
        boolean create = !text.startsWith("?");
        String[] words = text.substring(create ? 0 : 1).split(" ");
        Optional<SpecialUse> use = words.length > 1 ? SpecialUse.parse(words[1]) : Optional.empty();
        return new AccountSettings.StandingMailbox(MailboxName.of(words[0]), use, create, create);
    }

    private static int number(String[] words) {
        return Integer.parseInt(words[1]);
    }

    boolean remote() {
        return remote;
    }

    public Storage storage() {
        return storage;
    }

    public Network network() {
        return network;
    }

    public int port() {
        return ((Endpoint.Tcp) listener.endpoint()).address().getPort();
    }

    /// Makes a mailbox with mails, `name (\Seen $Work) @2026-02-03` each; flags and internal date may be left out.
    /// None of them is recent.
    public void fill(String name, List<String> mails) {
        try (UserMail user = storage.open(USER);
                Mailbox mailbox = user.open(existing(user, MailboxName.of(name)).id())) {
            for (String mail : mails) {
                int at = mail.indexOf(" @");
                Instant date = at < 0
                        ? DATE
                        : LocalDate.parse(mail.substring(at + 2))
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant();
                String rest = at < 0 ? mail : mail.substring(0, at);
                int open = rest.indexOf(" (");
                Flags flags = open < 0 ? Flags.NONE : flags(rest.substring(open + 2, rest.length() - 1));
                append(mailbox, Mails.named(open < 0 ? rest : rest.substring(0, open)), flags, date);
            }
            mailbox.recentFrom(true);
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

    private void append(Mailbox mailbox, byte[] mail, Flags flags, Instant date) throws IOException {
        try (Staging staging = storage.stage()) {
            staging.write(mail);
            mailbox.append(List.of(new Mailbox.NewMessage(staging.finish(), new byte[0], flags, date)));
        }
    }

    /// As LMTP does it.
    public void deliver(String mailbox, String mail) throws IOException {
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

    private record OneUser(Map<String, String> fields) implements Authenticator {
        @Override
        public AuthResult authenticate(AuthRequest request) {
            String user = request.authcid();
            boolean right = (user.equals(USER) || OTHERS.contains(user))
                    && new String(request.password(), StandardCharsets.UTF_8).equals(PASSWORD);
            return right ? new AuthResult.Success(new UserRecord(user, fields)) : new AuthResult.Denied("wrong");
        }

        @Override
        public Optional<UserRecord> lookup(String service, String user) {
            return user.equals(USER) || OTHERS.contains(user)
                    ? Optional.of(new UserRecord(user, fields))
                    : Optional.empty();
        }
    }
}
