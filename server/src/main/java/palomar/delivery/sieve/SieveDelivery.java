package palomar.delivery.sieve;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import palomar.bytes.ByteSource;
import palomar.delivery.MessageFilter;
import palomar.delivery.Outcome;
import palomar.delivery.Receipt;
import palomar.delivery.Recipient;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.message.edit.EditedMessage;
import palomar.os.Disk;
import palomar.outbox.Outbox;
import palomar.scripts.Script;
import palomar.scripts.ScriptOwner;
import palomar.scripts.ScriptSource;
import palomar.scripts.ScriptStore;
import palomar.scripts.UserScripts;
import palomar.sieve.Action;
import palomar.sieve.Envelope;
import palomar.sieve.Host;
import palomar.sieve.ProgramCache;
import palomar.sieve.Result;
import palomar.smtp.proto.SmtpPath;
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// Deliveries through scripts. Safe for many threads.
///
/// A delivery runs the chain of scripts, carries their result out ([Execution]) and remembers the try until its
/// sender has our answer ([Attempts]).
public final class SieveDelivery implements MessageFilter, AutoCloseable {
    /// The user's named value with the last lines about his scripts, in UTF-8.
    public static final String LOG = StoredLog.NAME;

    private static final Duration TIDY = Duration.ofSeconds(2);
    private static final long CACHED_SOURCES = 16L << 20;

    private final Storage storage;
    private final ScriptStore scripts;
    private final Outbox outbox;
    private final Disk disk;
    private final Clock clock;
    private final RandomGenerator random;
    private final Event event;
    private final Attempts attempts;
    private final Budget budget;
    private final Sleepers sleepers;
    private final Turns turns = new Turns();
    private final ProgramCache cache = new ProgramCache(CACHED_SOURCES);
    private final Programs programs = new OsPrograms();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private volatile InForce now;
    private boolean tidying;
    private boolean closed;

    /// Settings, and what is counted while they are in force.
    record InForce(SievePolicy policy, Allowance allowance) {}

    /// @param random safe for many threads
    public SieveDelivery(
            Storage storage,
            ScriptStore scripts,
            Outbox outbox,
            Disk disk,
            Clock clock,
            RandomGenerator random,
            SievePolicy policy,
            Event event) {
        this.storage = storage;
        this.scripts = scripts;
        this.outbox = outbox;
        this.disk = disk;
        this.clock = clock;
        this.random = random;
        this.event = event;
        this.attempts = new Attempts(storage, clock, random);
        this.budget = new Budget(clock);
        this.sleepers = new Sleepers(storage, clock, event);
        this.now = inForce(policy, clock);
    }

    Surroundings surroundings(InForce settings, Event about) {
        SievePolicy policy = settings.policy;
        return new Surroundings(
                storage::stage,
                outbox,
                programs,
                clock,
                clock.getZone(),
                random,
                policy.host(),
                policy.postmaster(),
                settings.allowance,
                about);
    }

    /// What holds for runs that begin now.
    InForce inForce() {
        return now;
    }

    ProgramCache cache() {
        return cache;
    }

    ScriptStore scripts() {
        return scripts;
    }

    Storage storage() {
        return storage;
    }

    Disk disk() {
        return disk;
    }

    Clock clock() {
        return clock;
    }

    Budget budget() {
        return budget;
    }

    /// After a result was carried out, or may have been: whoever wakes messages learns of new ones.
    void putToSleep(Result carried, UserMail mail) {
        if (carried.actions().stream().anyMatch(Action.Snooze.class::isInstance)) {
            sleepers.load(mail);
        }
    }

    Sleepers sleepers() {
        return sleepers;
    }

    private static InForce inForce(SievePolicy policy, InstantSource clock) {
        return new InForce(policy, new HourlyAllowance(clock, policy.redirectsAnHour(), policy.repliesAnHour()));
    }

    /// Wakes snoozed messages from now on. Who only delivers leaves that to the server.
    public void start() {
        sleepers.start();
    }

    /// For deliveries that begin from now on.
    public void reload(SievePolicy policy) {
        now = inForce(policy, clock);
    }

    @Override
    public boolean concerns(Recipient recipient) {
        SievePolicy policy = now.policy;
        if (!policy.enabled()) {
            return false;
        }
        if (!policy.before().isEmpty()
                || !policy.after().isEmpty()
                || policy.usual().isPresent()) {
            return true;
        }
        try (UserScripts mine = scripts.open(owner(recipient))) {
            return mine.active().isPresent();
        }
    }

    private static ScriptOwner owner(Recipient recipient) {
        return new ScriptOwner(recipient.user(), recipient.home());
    }

    @Override
    public Filtered deliver(Job job) {
        try (UserMail mail = storage.open(job.recipient().user())) {
            return deliver(job, mail);
        } catch (MailException refused) {
            return new Filtered(new Outcome.Refused(refused), Receipt.NONE);
        } catch (IOException unreadable) {
            return new Filtered(new Outcome.Refused(Execution.unreadable(unreadable)), Receipt.NONE);
        }
    }

    private Filtered deliver(Job job, UserMail mail) throws IOException {
        InForce settings = now;
        String user = mail.user();
        Attempt attempt = attempts.begin(user, mail.attributes(), fingerprint(job));
        boolean written = attempt.filed();
        try {
            Outcome outcome = new OneDelivery(settings, job, mail, attempt).run();
            written = true;
            return new Filtered(outcome, reached -> answered(user, attempt, reached));
        } finally {
            if (!written) {
                abandoned(mail, attempt);
            }
        }
    }

    /// Something went wrong, before or after the copies were stored.
    private void abandoned(UserMail mail, Attempt attempt) {
        if (mail.attributes().get(attempt.id()).isPresent()) {
            attempts.end(mail.user(), attempt, false);
        } else {
            attempts.failed(mail.user(), attempt);
        }
    }

    private void answered(String user, Attempt attempt, boolean reached) {
        attempts.end(user, attempt, reached);
        if (reached) {
            tidySoon();
        }
    }

    /// The same for each try of the same delivery: what its sender says, without what we add ourselves.
    private static String fingerprint(Job job) throws IOException {
        MessageDigest digest = Digests.sha256();
        String said = job.recipient().address() + "\n"
                + job.sender().map(SmtpPath::toString).orElse("-") + "\n";
        digest.update(said.getBytes(StandardCharsets.UTF_8));
        ByteSource content = job.message().content();
        long added = Math.min(job.added(), content.size());
        try (InputStream in = new DigestInputStream(content.open(added, content.size() - added), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void tidySoon() {
        lock.lock();
        try {
            if (!tidying && !closed) {
                tidying = true;
                Thread.ofVirtual().name("sieve-tidy").start(this::tidyLater);
            }
        } finally {
            lock.unlock();
        }
    }

    private void tidyLater() {
        lock.lock();
        try {
            long left = TIDY.toNanos();
            while (!closed && left > 0) {
                left = wake.awaitNanos(left);
            }
            tidying = false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        attempts.tidy();
    }

    /// Before the store is closed.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
        sleepers.close();
        attempts.tidy();
    }

    /// One message for one user.
    private final class OneDelivery {
        private final InForce settings;
        private final SievePolicy policy;
        private final Job job;
        private final UserMail mail;
        private final Attempt attempt;
        private final Envelope envelope;
        private final Event about;
        private final UserMatters matters;

        OneDelivery(InForce settings, Job job, UserMail mail, Attempt attempt) {
            this.settings = settings;
            this.policy = settings.policy;
            this.job = job;
            this.mail = mail;
            this.attempt = attempt;
            this.envelope = envelope(job);
            this.about = job.event().with("user", mail.user());
            this.matters = new UserMatters(policy, job.recipient(), mail, disk, clock, about);
        }

        Outcome run() throws IOException {
            ByteSource content = Whole.of(job.head(), job.message().content());
            Letter letter = new Letter(
                    content, Optional.of(job.message()), job.head(), envelope, job.refusable(), job.received());
            Surroundings around = surroundings(settings, about);
            Person person = matters.person();
            ScriptLog log = matters.log();
            try (UserScripts mine = scripts.open(owner(job.recipient()));
                    Turns.Turn turn = turns.of(mail.user())) {
                Memory memory = turn.behind(new StoreMemory(mail.attributes(), clock, attempt.id()));
                UserHost host = new UserHost(
                        person, letter, around, memory, (own, name) -> matters.script(mine, own, name), log);
                ScriptChain chain =
                        new ScriptChain(EditedMessage.of(content), host, policy.limits(), cache, log, about);
                runScripts(chain, mine, log);
                budget.spend(mail.user(), chain.used().toNanos(), policy.cpuPeriod());
                return carry(chain, person, letter, around, memory, host, log);
            }
        }

        private void runScripts(ScriptChain chain, UserScripts mine, ScriptLog log) throws IOException {
            for (Path place : policy.before()) {
                runAll(chain, place);
            }
            Optional<Script> active = mine.active();
            if (active.isPresent() && budget.isSpent(mail.user(), policy.cpuMost())) {
                log.say(
                        Host.LogLevel.WARNING,
                        "your script has used too much processor time lately: the message is kept without it");
            } else if (active.isPresent()) {
                chain.run(
                        new ScriptChain.Link(active.get().name(), active.get().content(), policy.language(), true),
                        envelope);
            } else if (policy.usual().isPresent()) {
                runAll(chain, policy.usual().get());
            }
            for (Path place : policy.after()) {
                runAll(chain, place);
            }
            if (policy.discard().isPresent()) {
                for (Script script : new ScriptSource(disk, policy.discard().get()).scripts()) {
                    chain.runIfDiscarded(matters.operators(script), envelope);
                }
            }
        }

        private void runAll(ScriptChain chain, Path place) throws IOException {
            for (Script script : new ScriptSource(disk, place).scripts()) {
                chain.run(matters.operators(script), envelope);
            }
        }

        private Outcome carry(
                ScriptChain chain,
                Person person,
                Letter letter,
                Surroundings around,
                Memory memory,
                UserHost host,
                ScriptLog log)
                throws IOException {
            Map<String, Optional<byte[]>> marks = new HashMap<>(host.changes());
            marks.putAll(attempt.marks());
            Attempt with = new Attempt(attempt.id(), attempt.filed(), marks);
            try (Execution execution = new Execution(person, letter, around, memory, with)) {
                Carried carried = execution.carry(chain.result(), chain.message());
                carried.errors().forEach(text -> log.say(Host.LogLevel.ERROR, text));
                for (String note : carried.notes()) {
                    about.info("sieve.note", note, "to", job.recipient().address());
                }
                carried.copies().stream()
                        .skip(1)
                        .forEach(copy -> about.with("mailbox", copy.mailbox())
                                .with("uid", copy.uid())
                                .info(
                                        "delivery.stored",
                                        "stored, too",
                                        "to",
                                        job.recipient().address()));
                if (carried.sent() > 0) {
                    about.info("delivery.sent", "sent by a script", "messages", carried.sent());
                }
                return outcome(carried);
            } finally {
                putToSleep(chain.result(), mail);
            }
        }

        private Outcome outcome(Carried carried) {
            if (carried.refusal().isPresent()) {
                return new Outcome.Rejected(carried.refusal().get());
            }
            if (carried.copies().isEmpty()) {
                return new Outcome.Handled();
            }
            Carried.Copy first = carried.copies().getFirst();
            return new Outcome.Stored(first.mailbox(), first.uidValidity(), first.uid());
        }
    }

    private static Envelope envelope(Job job) {
        Recipient recipient = job.recipient();
        Optional<String> to = recipient.address().isNull()
                ? Optional.empty()
                : Optional.of(recipient.address().address());
        Optional<String> original = recipient
                .original()
                .filter(address -> address.regionMatches(true, 0, "rfc822;", 0, 7))
                .map(address -> address.substring(7))
                .or(() -> to);
        return new Envelope(
                job.sender().map(SmtpPath::address), to, original, Optional.empty(), recipient.dsn(), Optional.empty());
    }
}
