package palomar.delivery.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.contract.StoreContract;
import palomar.delivery.Deliveries;
import palomar.delivery.DeliverySettings;
import palomar.delivery.Incoming;
import palomar.delivery.KnownUsers;
import palomar.delivery.Outcome;
import palomar.delivery.Receipt;
import palomar.delivery.Recipient;
import palomar.delivery.Stored;
import palomar.delivery.Trace;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.UidSet;
import palomar.os.RealDisk;
import palomar.outbox.Outbox;
import palomar.outbox.OutgoingMessage;
import palomar.scripts.MailScripts;
import palomar.scripts.ScriptLimits;
import palomar.scripts.ScriptName;
import palomar.scripts.ScriptOwner;
import palomar.scripts.UserScripts;
import palomar.sieve.Limits;
import palomar.sieve.ext.Extensions;
import palomar.smtp.proto.SmtpPath;
import palomar.storage.Mailbox;
import palomar.storage.QuotaLimits;
import palomar.storage.UserMail;
import palomar.testkit.Seeds;

/// Deliveries through scripts, on every store. What is between two tries is a process that died: only the store
/// and the outbox remember.
abstract class SieveDeliveryContract extends StoreContract {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
    private static final String MAIL = Rig.MAIL;

    @TempDir
    Path folder;

    private final List<OutgoingMessage> sent = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> keys = Collections.synchronizedSet(new HashSet<>());
    private final Map<String, String> settings = new HashMap<>();
    private volatile @Nullable MailError outboxFails;
    private List<Path> before = List.of();
    private List<Path> after = List.of();
    private Optional<Path> usual = Optional.empty();
    private Optional<Path> discard = Optional.empty();
    private Duration cpuMost = Duration.ZERO;
    private @Nullable SieveDelivery sieve;
    private int sessions;

    private Outbox.Taken enqueue(OutgoingMessage message) {
        MailError fails = outboxFails;
        if (fails != null) {
            throw new MailException(fails, "as told");
        }
        if (!keys.add(message.key())) {
            return Outbox.Taken.KNOWN;
        }
        sent.add(message);
        return Outbox.Taken.QUEUED;
    }

    private SievePolicy policy() {
        return new SievePolicy(
                true,
                Extensions.language(),
                Extensions.language(),
                Extensions.language(),
                Extensions.language(),
                Limits.USUAL,
                before,
                after,
                usual,
                discard,
                Optional.of(folder.resolve("global")),
                List.of(),
                Optional.empty(),
                settings,
                MailboxName.INBOX,
                false,
                false,
                Duration.ofHours(1),
                cpuMost,
                Optional.empty(),
                0,
                0,
                "mail.home.example",
                "postmaster@home.example");
    }

    private MailScripts scripts() {
        return new MailScripts(storage, ScriptLimits.USUAL, CLOCK, Event.SILENT);
    }

    private Deliveries deliveries() {
        SieveDelivery filter = sieve;
        if (filter == null) {
            filter = new SieveDelivery(
                    storage,
                    scripts(),
                    this::enqueue,
                    new RealDisk(),
                    CLOCK,
                    Seeds.random("sieve" + sessions++),
                    policy(),
                    Event.SILENT);
            sieve = filter;
        }
        DeliverySettings delivery =
                new DeliverySettings("mail.home.example", "+", true, false, 100_000, false, QuotaLimits.NONE);
        return new Deliveries(new KnownUsers(Set.of("bob", "eve")), storage, CLOCK, delivery, filter, Event.SILENT);
    }

    /// The process is gone: nothing that was in memory is left.
    private void die() throws IOException {
        sieve = null;
        if (storage.traits().durable()) {
            storage.close();
            storage = open();
        }
    }

    private void script(String text) {
        try (UserScripts mine = scripts().open(new ScriptOwner("bob", Optional.empty()))) {
            assertThat(mine.put(new ScriptName("main"), text.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
            mine.activate(new ScriptName("main"));
        }
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private record Delivered(List<Outcome> outcomes, List<Receipt> receipts) {
        Outcome outcome() {
            return outcomes.getFirst();
        }

        Delivered answered(boolean reached) {
            receipts.forEach(receipt -> receipt.answered(reached));
            return this;
        }
    }

    private Delivered deliver(String mail, String... to) throws IOException {
        Deliveries deliveries = deliveries();
        List<Recipient> recipients = new ArrayList<>();
        for (String address : to) {
            recipients.add(deliveries
                    .find("lmtp", SmtpPath.parse(address).orElseThrow())
                    .orElseThrow());
        }
        Trace trace =
                new Trace("", java.net.UnixDomainSocketAddress.of(""), "LMTP", "s" + sessions++, Optional.empty());
        try (Incoming incoming = deliveries.receive(trace).refusable()) {
            incoming.write(mail.getBytes(StandardCharsets.UTF_8));
            List<Outcome> outcomes =
                    deliveries.deliver(incoming, SmtpPath.parse("ann@post.example"), recipients, Event.SILENT);
            return new Delivered(outcomes, incoming.receipts());
        }
    }

    private Delivered deliver() throws IOException {
        return deliver(MAIL, "bob@home.example");
    }

    private List<String> mailbox(String name) {
        return Stored.messages(storage, "bob", name);
    }

    private void create(String name) {
        try (UserMail bob = storage.open("bob")) {
            bob.create(MailboxName.of(name), Set.of());
        }
    }

    @Test
    void aScriptFilesAndOthersAreNotConcerned() throws IOException {
        script("require [\"fileinto\", \"copy\"]; fileinto :copy \"Lists\";");
        create("Lists");
        Delivered delivered = deliver(MAIL, "bob@home.example", "eve@home.example");
        assertThat(delivered.outcomes()).allMatch(Outcome.Stored.class::isInstance);
        assertThat(delivered.receipts()).hasSize(1);
        assertThat(mailbox("Lists")).hasSize(1);
        assertThat(mailbox("INBOX")).isEqualTo(mailbox("Lists"));
        assertThat(mailbox("INBOX").getFirst())
                .startsWith("Return-Path: <ann@post.example>\r\nDelivered-To: bob@home.example\r\nReceived:")
                .endsWith(MAIL);
        assertThat(Stored.messages(storage, "eve", "INBOX")).hasSize(1);
    }

    @Test
    void scriptsSeeTheEnvelopeAndTheLinesInFront() throws IOException {
        script("require [\"envelope\", \"fileinto\"];"
                + "if allof(envelope \"from\" \"ann@post.example\", envelope \"to\" \"bob@home.example\","
                + " header \"Delivered-To\" \"bob@home.example\") { fileinto \"Lists\"; }");
        create("Lists");
        assertThat(deliver().outcome()).isInstanceOf(Outcome.Stored.class);
        assertThat(mailbox("Lists")).hasSize(1);
    }

    @Test
    void aRejectionIsSaidInTheAnswer() throws IOException {
        script("require \"reject\"; reject \"Not you\";");
        assertThat(deliver().outcome()).isEqualTo(new Outcome.Rejected("Not you"));
        assertThat(mailbox("INBOX")).isEmpty();
        assertThat(sent).isEmpty();
    }

    @Test
    void whatIsThrownAwayIsTaken() throws IOException {
        script("discard;");
        assertThat(deliver().outcome()).isEqualTo(new Outcome.Handled());
        assertThat(mailbox("INBOX")).isEmpty();
    }

    @Test
    void aScriptThatDoesNotCompileOrFailsKeepsTheMessageAndTellsTheUser() throws IOException {
        script("require \"fileinto\"; fileinto 7;");
        assertThat(deliver().outcome()).isInstanceOf(Outcome.Stored.class);
        script("require \"fileinto\"; fileinto \"Nowhere\";");
        assertThat(deliver().outcome()).isInstanceOf(Outcome.Stored.class);
        assertThat(mailbox("INBOX")).hasSize(2);
        try (UserMail bob = storage.open("bob")) {
            String log = new String(bob.attributes().get("sieve/log").orElseThrow(), StandardCharsets.UTF_8);
            assertThat(log)
                    .contains("2026-11-24T12:00:00Z error: main: ", "does not compile")
                    .contains("failed to store into mailbox 'Nowhere': the mailbox does not exist");
        }
    }

    @Test
    void theChainGoesOnWhileTheMessageIsKept() throws IOException {
        Path first = file("before/a.sieve", "keep;");
        Path second = file("before/b.sieve", "require \"variables\"; if header \"subject\" \"Stop\" { discard; }");
        Path last = file("after/z.sieve", "require \"fileinto\"; fileinto \"After\";");
        before = List.of(first.getParent());
        after = List.of(last.getParent());
        assertThat(second).exists();
        create("After");
        create("Own");
        deliver();
        assertThat(mailbox("After")).hasSize(1);
        assertThat(mailbox("INBOX")).isEmpty();
        script("require \"fileinto\"; if header \"subject\" \"Own\" { fileinto \"Own\"; }");
        deliver(MAIL.replace("Lunch?", "Own"), "bob@home.example");
        assertThat(mailbox("Own")).hasSize(1);
        assertThat(mailbox("After")).hasSize(1);
        deliver(MAIL.replace("Lunch?", "Stop"), "bob@home.example");
        assertThat(mailbox("After")).hasSize(1);
        assertThat(mailbox("INBOX")).isEmpty();
    }

    @Test
    void usersWithoutScriptHaveTheUsualOne() throws IOException {
        usual = Optional.of(file("usual.sieve", "require \"fileinto\"; fileinto \"Usual\";"));
        create("Usual");
        deliver();
        script("keep;");
        deliver();
        assertThat(mailbox("Usual")).hasSize(1);
        assertThat(mailbox("INBOX")).hasSize(1);
    }

    @Test
    void theDiscardScriptTakesUpWhatWouldBeThrownAway() throws IOException {
        discard = Optional.of(file("discard.sieve", "require \"fileinto\"; fileinto \"Bin\";"));
        create("Bin");
        script("if header \"subject\" \"Lunch?\" { discard; }");
        deliver();
        deliver(MAIL.replace("Lunch?", "Other"), "bob@home.example");
        assertThat(mailbox("Bin")).hasSize(1);
        assertThat(mailbox("INBOX")).hasSize(1);
    }

    @Test
    void includedScriptsAreTheUsersOrTheFolders() throws IOException {
        file("global/all.sieve", "require \"fileinto\"; fileinto \"Lists\";");
        create("Lists");
        script("require \"include\"; include :global \"all\";");
        deliver();
        assertThat(mailbox("Lists")).hasSize(1);
    }

    @Test
    void aLostAnswerIsNoSecondMessage() throws IOException {
        script("require [\"fileinto\", \"copy\"]; redirect :copy \"carl@far.example\";");
        settings.put("sieve_redirect_duplicate_period", "0");
        deliver().answered(false);
        assertThat(deliver().answered(true).outcome()).isEqualTo(new Outcome.Handled());
        assertThat(mailbox("INBOX")).hasSize(1);
        assertThat(sent).hasSize(1);
        deliver().answered(true);
        assertThat(mailbox("INBOX")).as("sent anew by its sender").hasSize(2);
        assertThat(sent).hasSize(2);
    }

    @Test
    void aProcessThatDiedBehindTheStoreHasDeliveredOnce() throws IOException {
        script("require [\"copy\"]; redirect :copy \"carl@far.example\";");
        outboxFails = MailError.UNAVAILABLE;
        assertThat(deliver().outcome()).isInstanceOf(Outcome.Refused.class);
        assertThat(mailbox("INBOX")).hasSize(1);
        die();
        outboxFails = null;
        deliver();
        die();
        deliver().answered(true);
        assertThat(mailbox("INBOX")).hasSize(1);
        assertThat(sent).hasSize(1);
    }

    @Test
    void marksGoOnceTheSenderKnows() throws IOException {
        script("keep;");
        deliver().answered(true);
        deliver().answered(true);
        try (UserMail bob = storage.open("bob")) {
            assertThat(bob.attributes().under("sieve/attempt/")).hasSizeLessThanOrEqualTo(2);
            SieveDelivery filter = sieve;
            assertThat(filter).isNotNull();
            filter.close();
            assertThat(bob.attributes().under("sieve/attempt/")).isEmpty();
        }
        assertThat(mailbox("INBOX")).hasSize(2);
        die();
        deliver();
        assertThat(mailbox("INBOX")).hasSize(3);
    }

    @Test
    void theSameMessageSideBySideIsTwoMessages() throws Exception {
        script("require \"fileinto\"; fileinto \"a/b\";");
        create("a/b");
        deliveries();
        int many = 8;
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Delivered>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                all.add(threads.submit(() -> {
                    start.await();
                    return deliver();
                }));
            }
            start.countDown();
            for (Future<Delivered> each : all) {
                assertThat(each.get().outcome()).isInstanceOf(Outcome.Stored.class);
            }
        }
        assertThat(mailbox("a/b")).hasSize(many);
    }

    @Test
    void ofMessagesThatComeAtOnceOneIsTheFirstAndOneIsAnswered() throws Exception {
        script("require [\"duplicate\", \"fileinto\", \"vacation\"]; vacation \"Away\";"
                + "if duplicate { fileinto \"Twice\"; } else { keep; }");
        create("Twice");
        deliveries();
        int many = 12;
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Delivered>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                all.add(threads.submit(() -> {
                    start.await();
                    return deliver();
                }));
            }
            start.countDown();
            for (Future<Delivered> each : all) {
                assertThat(each.get().outcome()).isInstanceOf(Outcome.Stored.class);
            }
        }
        assertThat(mailbox("INBOX")).hasSize(1);
        assertThat(mailbox("Twice")).hasSize(many - 1);
        assertThat(sent).hasSize(1);
    }

    @Test
    void aDuplicateIsKnownOnceItWasDelivered() throws IOException {
        script("require [\"duplicate\", \"fileinto\"]; if duplicate { fileinto \"Twice\"; }");
        create("Twice");
        deliver().answered(true);
        deliver().answered(true);
        assertThat(mailbox("INBOX")).hasSize(1);
        assertThat(mailbox("Twice")).hasSize(1);
    }

    @Test
    void aRetryIsNoDuplicateOfItself() throws IOException {
        script("require [\"duplicate\", \"copy\"]; if not duplicate { redirect :copy \"carl@far.example\"; }");
        outboxFails = MailError.UNAVAILABLE;
        assertThat(deliver().outcome()).isInstanceOf(Outcome.Refused.class);
        die();
        outboxFails = null;
        deliver().answered(true);
        assertThat(sent).hasSize(1);
        deliver().answered(true);
        assertThat(sent).hasSize(1);
        assertThat(mailbox("INBOX")).hasSize(2);
    }

    /// A program that puts a field in front.
    private void program(String name, String field) throws IOException {
        Path program = file("bin/" + name, "#!/bin/sh\necho '" + field + "'\nexec cat\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        settings.put("sieve_filter_bin_dir", program.getParent().toString());
    }

    @Test
    void aMessageIsEditedForAllScriptsBehind() throws IOException {
        program("mark", "X-Spam: yes");
        before = List.of(file("before.sieve", "require \"vnd.dovecot.filter\"; filter \"mark\";"));
        script("require [\"fileinto\", \"mailbox\"]; if header \"x-spam\" \"yes\" { fileinto :create \"Junk\"; }");
        deliver();
        assertThat(mailbox("Junk").getFirst())
                .startsWith("X-Spam: yes\r\nReturn-Path: ")
                .endsWith("Noon.\r\n");
    }

    @Test
    void anOwnScriptThatFailsUndoesItsEditsButNotThoseBefore() throws IOException {
        program("first", "X-First: yes");
        program("second", "X-Second: yes");
        before = List.of(file("before.sieve", "require \"vnd.dovecot.filter\"; filter \"first\";"));
        script("require [\"vnd.dovecot.filter\", \"include\"]; filter \"second\"; include \"none\";");
        deliver();
        assertThat(mailbox("INBOX").getFirst()).contains("X-First: yes").doesNotContain("X-Second");
    }

    @Test
    void aMessageSleepsUntilItsTime() throws IOException {
        script("require [\"snooze\", \"imap4flags\"]; snooze :mailbox \"Later\" :addflags \"woken\""
                + " :tzid \"Europe/Berlin\" [\"08:00\", \"18:30\"];");
        create("Later");
        deliver();
        deliver(MAIL.replace("Lunch?", "Dinner?"), "bob@home.example");
        assertThat(mailbox("Snoozed")).hasSize(2);
        assertThat(mailbox("Later")).isEmpty();
        die();
        Sleepers early =
                new Sleepers(storage, Clock.fixed(Instant.parse("2026-11-24T17:29:59Z"), ZoneOffset.UTC), Event.SILENT);
        early.loadAll();
        early.wakeDue();
        assertThat(mailbox("Later")).isEmpty();
        Sleepers later =
                new Sleepers(storage, Clock.fixed(Instant.parse("2026-11-24T17:30:00Z"), ZoneOffset.UTC), Event.SILENT);
        later.loadAll();
        later.wakeDue();
        assertThat(mailbox("Later")).hasSize(2);
        assertThat(mailbox("Snoozed")).isEmpty();
        assertThat(mailbox("INBOX")).isEmpty();
        try (UserMail bob = storage.open("bob")) {
            assertThat(bob.attributes().under("sieve/asleep")).isEmpty();
            try (Mailbox target =
                    bob.open(bob.find(MailboxName.of("Later")).orElseThrow().id())) {
                assertThat(target.keywords()).containsExactly("woken");
            }
        }
    }

    @Test
    void whatWasMovedOrHasNoPlaceToGoToIsNoTrouble() throws IOException {
        script("require \"snooze\"; snooze :mailbox \"Gone\" \"13:00\";");
        create("Snoozed");
        deliver();
        deliver(MAIL.replace("Lunch?", "Dinner?"), "bob@home.example");
        try (UserMail bob = storage.open("bob");
                Mailbox bed = bob.open(
                        bob.find(MailboxName.of("Snoozed")).orElseThrow().id());
                Mailbox inbox =
                        bob.open(bob.find(MailboxName.INBOX).orElseThrow().id())) {
            bed.move(UidSet.of(1), inbox);
        }
        Sleepers later =
                new Sleepers(storage, Clock.fixed(Instant.parse("2026-11-25T17:30:00Z"), ZoneOffset.UTC), Event.SILENT);
        later.loadAll();
        later.wakeDue();
        assertThat(mailbox("INBOX")).hasSize(2);
        assertThat(mailbox("Snoozed")).isEmpty();
    }

    @Test
    void whoHasUsedTooMuchTimeRunsNoScript() throws IOException {
        cpuMost = Duration.ofNanos(1);
        script("discard;");
        deliver();
        assertThat(mailbox("INBOX")).isEmpty();
        deliver();
        assertThat(mailbox("INBOX")).hasSize(1);
    }

    @Test
    void overQuotaIsRefusedAndNothingIsFiled() throws IOException {
        script("require \"copy\"; redirect :copy \"carl@far.example\";");
        try (UserMail bob = storage.open("bob")) {
            bob.quota().set(Optional.of(QuotaLimits.NONE.withStorage(10)));
        }
        assertThat(deliver().outcome())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.why().kind()).isEqualTo(MailError.OVER_QUOTA));
        assertThat(sent).isEmpty();
        try (UserMail bob = storage.open("bob")) {
            assertThat(bob.attributes().under("sieve/attempt/")).isEmpty();
        }
    }
}
