package palomar.server;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import palomar.auth.Authenticator;
import palomar.config.ByteSize;
import palomar.config.ImapSection;
import palomar.config.LimitSettings;
import palomar.config.LmtpSection;
import palomar.config.MailboxSettings;
import palomar.config.PalomarSettings;
import palomar.config.Pop3Section;
import palomar.config.QuotaSection;
import palomar.convert.ConversionLimits;
import palomar.convert.MediaType;
import palomar.delivery.Deliveries;
import palomar.delivery.DeliverySettings;
import palomar.delivery.Lda;
import palomar.delivery.sieve.LateNews;
import palomar.delivery.sieve.SieveDelivery;
import palomar.delivery.sieve.StoredSieve;
import palomar.event.Event;
import palomar.imap.AccountSettings;
import palomar.imap.ClientPolicy;
import palomar.imap.ConvertSettings;
import palomar.imap.ImapService;
import palomar.imap.ImapSettings;
import palomar.imap.MessageLimits;
import palomar.imap.Workaround;
import palomar.imap.proto.IdField;
import palomar.imap.proto.Language;
import palomar.imap.proto.Limits;
import palomar.lmtp.LmtpService;
import palomar.lmtp.LmtpSettings;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.managesieve.ManageSieveService;
import palomar.managesieve.ManageSieveSettings;
import palomar.managesieve.ScriptCheck;
import palomar.net.ConnectionHandler;
import palomar.net.TlsContexts;
import palomar.os.RealDisk;
import palomar.outbox.Outbox;
import palomar.pop3.Pop3Language;
import palomar.pop3.Pop3Service;
import palomar.pop3.Pop3Settings;
import palomar.pop3.UidlFormat;
import palomar.sasl.Mechanisms;
import palomar.smtp.client.Webhook;
import palomar.smtp.proto.SmtpReply;
import palomar.storage.QuotaLimits;
import palomar.storage.Storage;
import palomar.user.QuotaSettings;

/// The protocols that are spoken, and the door they share. Changed under the house's lock.
final class Protocols implements AutoCloseable {
    private final Doors doors;
    private final Storage storage;
    private final CurrentDoor door;
    private final ImapService imap;
    private final Deliveries deliveries;
    private final LmtpService lmtp;
    private final ScriptHouse scripts;
    private final SieveDelivery sieve;
    private final ManageSieveService manageSieve;
    private final Pop3Service pop3;
    private final SubmissionHouse submission;
    private volatile ScriptCheck check;
    private final LateNews news;
    private final Event event;
    private final AtomicLong localMessages = new AtomicLong();

    Protocols(Plan plan, Storage storage, Outbox outbox, TlsContexts tls, Clock clock, Event event) throws IOException {
        this.storage = storage;
        this.doors = new Doors(clock, event);
        this.door = new CurrentDoor(doors.open(plan));
        PalomarSettings settings = plan.settings();
        this.event = event;
        this.scripts = new ScriptHouse(settings, storage, clock, event);
        this.sieve = sieve(settings, storage, scripts, outbox, clock, event);
        this.deliveries = new Deliveries(door, storage, clock, deliveries(settings), sieve, event);
        StoredSieve stored = new StoredSieve(sieve, user -> deliveries.person("imap", user), event);
        this.news = new LateNews(sieve, user -> deliveries.person("lmtp", user), event);
        this.imap = new ImapService(
                imap(settings),
                door,
                storage,
                () -> Optional.of(tls.current()),
                clock,
                event,
                stored,
                Optional.of(stored));
        this.lmtp = new LmtpService(deliveries, Optional.of(tls), lmtp(settings), event);
        this.check = SieveLanguage.check(settings);
        this.pop3 = new Pop3Service(pop3(settings), door, storage, () -> Optional.of(tls.current()), clock, event);
        this.submission = new SubmissionHouse(plan, door, storage, tls, clock, event);
        this.manageSieve = new ManageSieveService(
                manageSieve(settings), door, scripts, check, () -> Optional.of(tls.current()), clock, event);
    }

    static SieveDelivery sieve(
            PalomarSettings settings, Storage storage, ScriptHouse scripts, Outbox outbox, Clock clock, Event event) {
        return new SieveDelivery(
                storage,
                scripts,
                outbox,
                new RealDisk(),
                clock,
                new SecureRandom(),
                SieveHouse.policy(settings),
                event);
    }

    /// Begins what nobody asks for: waking messages that sleep.
    void start() {
        sieve.start();
    }

    /// By the protocol's name.
    Map<String, ConnectionHandler> handlers() {
        return Map.of(
                "imap", imap,
                "lmtp", lmtp,
                "managesieve", manageSieve,
                "pop3", pop3,
                "submission", submission.service());
    }

    ScriptWork scriptWork() {
        return new ScriptWork(door, storage, scripts, () -> check);
    }

    Authenticator door() {
        return door;
    }

    /// New settings for sessions, logins and deliveries that begin from now on. Throws IOException, fit for the
    /// operator, and changes nothing, when a database can't be what the settings say.
    void become(Plan plan) throws IOException {
        door.become(doors.reopen(plan, door.current()));
        submission.become(plan);
        imap.reload(imap(plan.settings()));
        deliveries.reload(deliveries(plan.settings()));
        lmtp.reload(lmtp(plan.settings()));
        scripts.become(plan.settings());
        sieve.reload(SieveHouse.policy(plan.settings()));
        check = SieveLanguage.check(plan.settings());
        manageSieve.reload(manageSieve(plan.settings()), check);
        pop3.reload(pop3(plan.settings()));
    }

    /// A notification to the web failed for good.
    void notPosted(Webhook webhook, SmtpReply last) {
        news.tell(webhook.user(), "failed to notify " + webhook.target() + ": " + String.join(" ", last.lines()));
    }

    /// For one message that comes from this machine's command line.
    Lda lda(LmtpSection lmtp) {
        String id = "lda-" + ProcessHandle.current().pid() + "-" + localMessages.incrementAndGet();
        return new Lda(deliveries, isTemporary(lmtp), id, event.with("session", id));
    }

    private static ImapSettings imap(PalomarSettings settings) {
        ImapSection imap = settings.imap();
        LimitSettings limits = settings.limits();
        ImapSettings usual = ImapSettings.DEFAULTS;
        Limits users = usual.users();
        return new ImapSettings(
                usual.greeting(),
                settings.auth().allowPlaintext(),
                mechanisms(settings),
                limits.loginTimeout(),
                imap.idleTimeout(),
                imap.idleTimeout(),
                limits.loginFailures(),
                limits.sessionsPerUser(),
                usual.strangers(),
                new Limits(
                        imap.maxLine().asInt(),
                        Math.max(users.command(), imap.maxLine().asInt()),
                        imap.maxMessage().bytes(),
                        users.nonSynchronising(),
                        users.discard(),
                        users.nesting(),
                        users.items()),
                serverId(imap.id()),
                new MessageLimits(
                        imap.messageLimit().orElse(0),
                        imap.saveLimit().orElse(0),
                        usual.messages().batch(),
                        usual.messages().watched()),
                convert(imap),
                policy(imap),
                account(settings));
    }

    private static ConvertSettings convert(ImapSection imap) {
        return new ConvertSettings(
                imap.convert(),
                new ConversionLimits(imap.convertMostBytes().asInt(), imap.convertMostPixels()),
                imap.convertAtOnce(),
                imap.convertMessages(),
                imap.convertParts(),
                new MediaType(
                        "image",
                        switch (imap.convertImage()) {
                            case JPEG -> "jpeg";
                            case PNG -> "png";
                        }));
    }

    private static AccountSettings account(PalomarSettings settings) {
        ImapSection imap = settings.imap();
        return new AccountSettings(
                imap.annotationSize().asInt(),
                imap.annotations(),
                imap.serverComment(),
                imap.serverAdmin(),
                settings.mailbox().stream().map(Protocols::standing).toList(),
                imap.annotator(),
                quota(settings));
    }

    static QuotaSettings quota(PalomarSettings settings) {
        QuotaSection quota = settings.quota();
        QuotaLimits usual = new QuotaLimits(
                quota.storage().map(ByteSize::bytes).orElse(QuotaLimits.UNLIMITED),
                quota.messages().map(Integer::longValue).orElse(QuotaLimits.UNLIMITED),
                quota.mailboxes().map(Integer::longValue).orElse(QuotaLimits.UNLIMITED),
                quota.annotations().map(ByteSize::bytes).orElse(QuotaLimits.UNLIMITED));
        return new QuotaSettings(usual, quota.warnPercent(), Set.copyOf(quota.admins()));
    }

    private static AccountSettings.StandingMailbox standing(MailboxSettings mailbox) {
        Optional<SpecialUse> use = switch (mailbox.use()) {
            case NONE -> Optional.empty();
            case ARCHIVE -> Optional.of(SpecialUse.ARCHIVE);
            case DRAFTS -> Optional.of(SpecialUse.DRAFTS);
            case IMPORTANT -> Optional.of(SpecialUse.IMPORTANT);
            case JUNK -> Optional.of(SpecialUse.JUNK);
            case MEMOS -> Optional.of(SpecialUse.MEMOS);
            case SCHEDULED -> Optional.of(SpecialUse.SCHEDULED);
            case SENT -> Optional.of(SpecialUse.SENT);
            case SNOOZED -> Optional.of(SpecialUse.SNOOZED);
            case TRASH -> Optional.of(SpecialUse.TRASH);
        };
        return new AccountSettings.StandingMailbox(
                MailboxName.of(mailbox.name()),
                use,
                mailbox.auto() != MailboxSettings.Auto.NO,
                mailbox.auto() == MailboxSettings.Auto.SUBSCRIBE);
    }

    private static ClientPolicy policy(ImapSection imap) {
        Set<Workaround> workarounds = EnumSet.noneOf(Workaround.class);
        imap.clientWorkarounds().forEach(name -> workarounds.add(workaround(name)));
        return new ClientPolicy(
                imap.rawHeaders(),
                Set.copyOf(imap.submissionUsers()),
                imap.unauthenticate(),
                imap.literalMinus(),
                workarounds,
                imap.idLog().stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()),
                switch (imap.language()) {
                    case EN -> Language.ENGLISH;
                    case DE -> Language.GERMAN;
                });
    }

    private static Workaround workaround(ImapSection.Workaround named) {
        return switch (named) {
            case DELAY_NEWMAIL -> Workaround.DELAY_NEWMAIL;
            case LATIN1_SEARCH -> Workaround.LATIN1_SEARCH;
            case TB_EXTRA_MAILBOX_SEP -> Workaround.TB_EXTRA_MAILBOX_SEP;
            case TB_LSUB_FLAGS -> Workaround.TB_LSUB_FLAGS;
        };
    }

    /// The answer to ID: name and version, and what the configuration puts beside them or in their place.
    static List<IdField> serverId(Map<String, String> configured) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of("name", "*"));
        fields.put("version", "*");
        fields.putAll(new TreeMap<>(configured));
        List<IdField> id = new ArrayList<>();
        fields.forEach((name, value) -> {
            if (!value.isEmpty()) {
                id.add(new IdField(name, Optional.of(value.equals("*") ? ours(name) : value)));
            }
        });
        return id;
    }

    private static String ours(String field) {
        return switch (field) {
            case "name" -> "Palomar";
            case "version" -> Version.number();
            case "os" -> System.getProperty("os.name", "unknown");
            case "os-version" -> System.getProperty("os.version", "unknown");
            default -> "*";
        };
    }

    static DeliverySettings deliveries(PalomarSettings settings) {
        LmtpSection lmtp = settings.lmtp();
        return new DeliverySettings(
                HostName.of(settings),
                lmtp.detailSeparator(),
                lmtp.detailMailbox(),
                lmtp.domain() == LmtpSection.Domain.KEEP,
                lmtp.maxMessage().bytes(),
                lmtp.originalRecipient(),
                quota(settings).usual());
    }

    static boolean isTemporary(LmtpSection lmtp) {
        return lmtp.overQuota() == LmtpSection.OverQuota.TEMPORARY;
    }

    static Mechanisms mechanisms(PalomarSettings settings) {
        List<String> names = settings.auth().mechanisms().stream()
                .map(mechanism -> mechanism.name().replace('_', '-'))
                .toList();
        return names.isEmpty() ? Mechanisms.STANDARD : Mechanisms.of(names);
    }

    private static Pop3Settings pop3(PalomarSettings settings) {
        Pop3Section pop3 = settings.pop3();
        LimitSettings limits = settings.limits();
        return new Pop3Settings(
                settings.auth().allowPlaintext(),
                mechanisms(settings),
                limits.loginTimeout(),
                pop3.idleTimeout(),
                limits.loginFailures(),
                pop3.sessionsPerUser(),
                UidlFormat.of(pop3.uidlFormat()),
                pop3.keepUnread(),
                pop3.deletion() == Pop3Section.Deletion.EXPUNGE,
                pop3.deleteOnlyRetrieved(),
                pop3.loginDelay(),
                pop3.expireDays(),
                pop3.rawHeaders(),
                switch (pop3.language()) {
                    case EN -> Pop3Language.ENGLISH;
                    case DE -> Pop3Language.GERMAN;
                },
                NetSettings.networks(pop3.xclient()),
                quota(settings).usual());
    }

    private static ManageSieveSettings manageSieve(PalomarSettings settings) {
        LimitSettings limits = settings.limits();
        ManageSieveSettings usual = ManageSieveSettings.DEFAULTS;
        return new ManageSieveSettings(
                "Palomar " + Version.number(),
                settings.auth().allowPlaintext(),
                mechanisms(settings),
                limits.loginTimeout(),
                settings.managesieve().idleTimeout(),
                limits.loginFailures(),
                limits.sessionsPerUser(),
                settings.managesieve().unauthenticate(),
                usual.strangers(),
                usual.users().withScript(settings.sieve().scripts().maxScript().asInt()));
    }

    private static LmtpSettings lmtp(PalomarSettings settings) {
        LmtpSection lmtp = settings.lmtp();
        return new LmtpSettings(
                lmtp.maxRecipients(), lmtp.timeout(), isTemporary(lmtp), NetSettings.networks(lmtp.xclient()));
    }

    @Override
    public void close() {
        submission.close();
        sieve.close();
        doors.close();
    }
}
