package palomar.delivery.sieve;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.UserMail.Entry;

/// Wakes messages that scripts have put to sleep: draft-ietf-extra-sieve-snooze 4. Safe for many threads.
///
/// What is kept is in the store ([Sleeper]); in memory is when which is due, about 200 bytes for each, found anew
/// at the start. A message that is not under its UID any more was taken up by its user: nothing happens then.
/// Waking is a change of flags, one move, and the removal of what was kept, so a process that dies in between
/// leaves nothing that the next one would do twice.
public final class Sleepers implements AutoCloseable {
    private static final long AGAIN_SECONDS = 60;

    /// Clocks may be put forward while the thread waits.
    private static final long LONGEST_WAIT_SECONDS = 30;

    private final Storage storage;
    private final InstantSource clock;
    private final Event event;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Due> index = new TreeSet<>(
            Comparator.comparingLong(Due::at).thenComparing(Due::user).thenComparing(Due::token));
    private @Nullable Thread thread;
    private boolean closed;

    /// @param at seconds since 1970
    private record Due(long at, String user, String token) {}

    public Sleepers(Storage storage, InstantSource clock, Event event) {
        this.storage = storage;
        this.clock = clock;
        this.event = event;
    }

    /// Looks for all that sleep, and wakes them from now on.
    public void start() {
        Thread started = Thread.ofVirtual().name("snoozed").unstarted(this::run);
        thread = started;
        started.start();
    }

    private void run() {
        loadAll();
        try {
            while (awaitDue()) {
                wakeDue();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /// Of all users, from the store.
    void loadAll() {
        try (Stream<String> users = storage.users()) {
            users.takeWhile(user -> !isClosed()).forEach(user -> {
                try (UserMail mail = storage.open(user)) {
                    load(mail);
                } catch (MailException unreadable) {
                    event.error(
                            "snooze.unread", "can't tell which messages of the user sleep", unreadable, "user", user);
                }
            });
        }
    }

    /// What sleeps of this user; what is known already stays as it is.
    void load(UserMail mail) {
        Map<String, byte[]> asleep = mail.attributes().under(Sleeper.FOLDER);
        if (asleep.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            asleep.forEach((name, bytes) -> index.add(new Due(
                    Sleeper.of(bytes).map(Sleeper::due).orElse(0L),
                    mail.user(),
                    name.substring(Sleeper.FOLDER.length()))));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /// False when it is over.
    private boolean awaitDue() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long left = index.isEmpty() ? Long.MAX_VALUE : index.first().at() - now();
                if (left <= 0) {
                    return true;
                }
                if (index.isEmpty()) {
                    changed.await();
                } else {
                    long ignored = changed.awaitNanos(TimeUnit.SECONDS.toNanos(Math.min(left, LONGEST_WAIT_SECONDS)));
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    /// Wakes all whose time has come.
    void wakeDue() {
        for (Optional<Due> due = take(); due.isPresent(); due = take()) {
            wake(due.get());
        }
    }

    private Optional<Due> take() {
        lock.lock();
        try {
            if (closed || index.isEmpty() || index.first().at() > now()) {
                return Optional.empty();
            }
            return Optional.ofNullable(index.pollFirst());
        } finally {
            lock.unlock();
        }
    }

    private void wake(Due due) {
        try {
            if (!isUser(due.user())) {
                return; // opening would make him again
            }
            try (UserMail mail = storage.open(due.user())) {
                wake(mail, due.token());
            }
        } catch (MailException failed) {
            event.error("snooze.failed", "a message was not woken: it is tried again", failed, "user", due.user());
            lock.lock();
            try {
                index.add(new Due(now() + AGAIN_SECONDS, due.user(), due.token()));
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean isUser(String user) {
        try (Stream<String> users = storage.users()) {
            return users.anyMatch(user::equals);
        }
    }

    private void wake(UserMail mail, String token) {
        Optional<Sleeper> sleeper = mail.attributes().get(Sleeper.name(token)).flatMap(Sleeper::of);
        Optional<Long> uid = mail.attributes().get(Sleeper.uidName(token)).flatMap(Sleepers::uid);
        if (sleeper.isPresent() && uid.isPresent()) {
            wake(mail, sleeper.get(), uid.get());
        }
        mail.attributes()
                .change(Map.of(Sleeper.name(token), Optional.empty(), Sleeper.uidName(token), Optional.empty()));
    }

    private static Optional<Long> uid(byte[] bytes) {
        return bytes.length == Long.BYTES ? Optional.of(ByteBuffer.wrap(bytes).getLong()) : Optional.empty();
    }

    private void wake(UserMail mail, Sleeper sleeper, long uid) {
        Event about = event.with("user", mail.user());
        if (mail.mailboxes().stream().noneMatch(entry -> entry.id().equals(sleeper.in()))) {
            about.debug("snooze.gone", "the mailbox of a snoozed message is gone");
            return;
        }
        try (Mailbox from = mail.open(sleeper.in())) {
            if (from.view().seq(uid) == 0) {
                about.debug("snooze.gone", "a snoozed message is not there any more", "uid", uid);
                return;
            }
            UidSet message = UidSet.of(uid);
            flags(from, message, sleeper, about);
            Entry to = target(mail, sleeper, about);
            if (!to.id().equals(sleeper.in())) {
                move(mail, from, message, to);
            }
            about.info("snooze.woken", "a snoozed message is back", "mailbox", to.name(), "uid", uid);
        }
    }

    private void flags(Mailbox from, UidSet message, Sleeper sleeper, Event about) {
        try {
            store(from, message, FlagChange.Kind.REMOVE, FlagWords.of(Optional.of(sleeper.removeFlags())));
            store(from, message, FlagChange.Kind.ADD, FlagWords.of(Optional.of(sleeper.addFlags())));
        } catch (MailException refused) {
            if (refused.kind() != MailError.LIMIT) {
                throw refused;
            }
            about.warn("snooze.flags", "a snoozed message comes back without its new flags", "cause", refused);
        }
    }

    private static void store(Mailbox from, UidSet message, FlagChange.Kind kind, Flags flags) {
        if (!flags.isEmpty()) {
            from.store(message, new FlagChange(kind, flags), -1);
        }
    }

    /// Where the script wanted it, else INBOX.
    private static Entry target(UserMail mail, Sleeper sleeper, Event about) {
        MailboxChoice choice = new MailboxChoice(Person.of(mail, Optional.empty(), name -> Optional.empty()));
        try {
            return choice.choose(new MailboxChoice.Wanted(
                    sleeper.mailbox(), sleeper.create(), sleeper.specialUse(), sleeper.mailboxId()));
        } catch (ActionFailure notThere) {
            about.info("snooze.inbox", "a snoozed message comes back to INBOX: " + notThere.getMessage());
            return mail.find(MailboxName.INBOX)
                    .orElseThrow(() -> new MailException(MailError.UNAVAILABLE, "no INBOX just now"));
        }
    }

    private static void move(UserMail mail, Mailbox from, UidSet message, Entry to) {
        try (Mailbox target = mail.open(to.id())) {
            from.move(message, target);
        } catch (MailException refused) {
            Optional<Entry> inbox =
                    mail.find(MailboxName.INBOX).filter(entry -> !entry.id().equals(to.id()));
            if (refused.kind().temporary() || inbox.isEmpty()) {
                throw refused;
            }
            try (Mailbox target = mail.open(inbox.get().id())) {
                from.move(message, target);
            }
        }
    }

    /// Before the store is closed.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Thread started = thread;
        if (started != null) {
            join(started);
        }
    }

    private static void join(Thread started) {
        boolean interrupted = false;
        while (started.isAlive()) {
            try {
                started.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
