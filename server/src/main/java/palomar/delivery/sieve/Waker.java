package palomar.delivery.sieve;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.mail.UidSet;
import palomar.sieve.Settings;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// Wakes messages that sleep ([Nap]): moves them to where they come back to. Safe for many threads; one virtual
/// thread of its own waits for the next that is due.
///
/// What the user has moved or removed meanwhile is not woken. A process that dies between moving a message and
/// forgetting its nap finds no message for it after its next start, and forgets it then.
public final class Waker implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Storage storage;
    private final InstantSource clock;
    private final Event event;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// For each user with sleepers the second of the first that wakes up. Guarded by lock.
    private final Map<String, Long> next = new HashMap<>();

    private boolean closed;

    public Waker(Storage storage, InstantSource clock, Event event) {
        this.storage = storage;
        this.clock = clock;
        this.event = event;
    }

    /// Begins, with a look at all users. Once.
    public void start() {
        Thread.ofVirtual().name("sieve-waker").start(() -> {
            storage.users().forEach(this::look);
            run();
        });
    }

    /// A message of this user went to sleep.
    public void sleeps(String user) {
        look(user);
    }

    private void look(String user) {
        try (UserMail mail = storage.open(user)) {
            Optional<Long> first = mail.attributes().under(Nap.FOLDER).entrySet().stream()
                    .findFirst()
                    .flatMap(entry -> Nap.read(entry.getKey(), entry.getValue()))
                    .map(Nap::due);
            lock.lock();
            try {
                first.ifPresentOrElse(due -> next.put(user, due), () -> next.remove(user));
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        } catch (MailException later) {
            event.warn("sieve.waker", "sleeping messages can't be looked at now", "user", user, "reason", later.kind());
        }
    }

    private void run() {
        while (true) {
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                if (due().isEmpty()) {
                    changed.awaitNanos(wait(clock.instant()));
                    continue;
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                lock.unlock();
            }
            wakeDue();
        }
    }

    /// The clock may be set: never longer than a while.
    private long wait(Instant now) {
        long first = next.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        long left = Math.max(0, Math.min(LONGEST.toSeconds(), first - now.getEpochSecond()));
        return Math.max(1, Duration.ofSeconds(left).toNanos());
    }

    private Map<String, Long> due() {
        long now = clock.instant().getEpochSecond();
        Map<String, Long> due = new HashMap<>(next);
        due.values().removeIf(second -> second > now);
        return due;
    }

    /// Wakes all that is due now.
    void wakeDue() {
        Map<String, Long> due;
        lock.lock();
        try {
            due = due();
            // Should it not work, not again at once.
            due.keySet().forEach(user -> next.put(user, clock.instant().plus(LONGEST).getEpochSecond()));
        } finally {
            lock.unlock();
        }
        due.keySet().forEach(this::wake);
    }

    private void wake(String user) {
        long now = clock.instant().getEpochSecond();
        try (UserMail mail = storage.open(user)) {
            mail.attributes().under(Nap.FOLDER).forEach((name, value) -> {
                Optional<Nap> nap = Nap.read(name, value);
                if (nap.isEmpty() || nap.get().due() <= now) {
                    nap.ifPresent(each -> wake(mail, name, each));
                    mail.attributes().change(Map.of(name, Optional.empty()));
                }
            });
        } catch (MailException refused) {
            event.warn("sieve.waker", "a message could not be woken now", "user", user, "reason", refused.kind());
            return;
        }
        look(user);
    }

    private void wake(UserMail mail, String name, Nap nap) {
        Optional<UserMail.Entry> bed = bed(mail);
        if (bed.isEmpty()) {
            return;
        }
        try (Mailbox from = mail.open(bed.get().id())) {
            long uid = find(from, Nap.guid(name));
            if (uid == 0) {
                return;
            }
            try (Mailbox to = mail.open(target(mail, nap).id())) {
                UidSet there = to.id().equals(from.id()) ? UidSet.of(uid) : from.move(UidSet.of(uid), to).target();
                to.store(there, new FlagChange(FlagChange.Kind.ADD, FlagWords.of(Optional.of(nap.addFlags()))), -1);
                to.store(
                        there,
                        new FlagChange(FlagChange.Kind.REMOVE, FlagWords.of(Optional.of(nap.removeFlags()))),
                        -1);
                event.info("sieve.woken", "woken", "user", mail.user(), "mailbox", to.id());
            }
        }
    }

    static Optional<UserMail.Entry> bed(UserMail mail) {
        return mail.mailboxes().stream()
                .filter(entry -> entry.uses().contains(SpecialUse.SNOOZED))
                .findFirst();
    }

    private static long find(Mailbox mailbox, String guid) {
        try (MessageCursor cursor = mailbox.cursor()) {
            for (int seq = mailbox.view().count(); seq > 0; seq--) {
                long uid = mailbox.view().uid(seq);
                if (cursor.seek(uid) && cursor.guid().toString().equals(guid)) {
                    return uid;
                }
            }
        }
        return 0;
    }

    /// INBOX when the mailbox can't be had.
    private static UserMail.Entry target(UserMail mail, Nap nap) {
        MailboxChoice choice = new MailboxChoice(Person.of(mail, Optional.empty(), Settings.NONE));
        try {
            return choice.choose(new MailboxChoice.Wanted(nap.mailbox(), nap.create(), nap.use(), nap.id()));
        } catch (ActionFailure notThere) {
            return mail.find(MailboxName.INBOX).orElseThrow();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
