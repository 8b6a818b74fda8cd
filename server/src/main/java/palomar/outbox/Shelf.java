package palomar.outbox;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.os.Disk;
import palomar.os.DiskFullException;
import palomar.smtp.client.ContentFacts;

/// The spool with its index and its memory of keys: what comes, changes and goes, each step on disk before it is
/// acknowledged. Safe for many threads; no disk is waited for under the lock, but the key file's.
final class Shelf implements AutoCloseable {
    private volatile SpoolSettings settings;
    private final Spool spool;
    private final InstantSource clock;
    private final Event event;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();

    // Guarded by lock.
    private final Index index = new Index();
    private final KeyMemory memory;
    private final Set<Key> writing = new HashSet<>();
    private long lastNumber;
    private boolean closed;

    private Shelf(SpoolSettings settings, Spool spool, KeyMemory memory, InstantSource clock, Event event) {
        this.settings = settings;
        this.spool = spool;
        this.memory = memory;
        this.clock = clock;
        this.event = event;
    }

    static Shelf open(SpoolSettings settings, Disk disk, InstantSource clock, Event event) throws IOException {
        Spool spool = new Spool(disk, settings.folder(), event);
        List<String> ids = spool.open();
        KeyMemory memory = KeyMemory.open(disk, settings.folder(), settings.remember(), clock.instant());
        Shelf shelf = new Shelf(settings, spool, memory, clock, event);
        for (String id : ids) {
            shelf.loadOrReport(id);
        }
        if (!ids.isEmpty()) {
            event.info("outbox.open", "mail waits to be sent", "messages", shelf.size());
        }
        return shelf;
    }

    /// What can't be read now stays where it is; the others are sent.
    private void loadOrReport(String id) {
        try {
            load(id);
        } catch (IOException failed) {
            event.error(
                    "outbox.disk", "a message in the queue can't be read: it waits for a restart", failed, "queue", id);
        }
    }

    /// Other limits from now on; the folder stays.
    void become(SpoolSettings changed) {
        settings = changed;
    }

    private void load(String id) throws IOException {
        try {
            Entry entry = spool.read(id);
            EntryState state = spool.state(entry);
            Optional<Key> key = entry.key();
            // It had left, or stands here twice: a crash kept us from removing it.
            boolean done = key.isPresent() && (index.has(key.get()) || memory.knows(key.get(), clock.instant()));
            if (done || state.ended()) {
                spool.remove(id);
            } else {
                index.add(new Index.Item(entry, state));
            }
        } catch (DamagedEntry damaged) {
            spool.setAside(id, damaged);
        }
    }

    /// @param ours a report, which has none of the limits but the disk's
    Outbox.Taken enqueue(OutgoingMessage message, boolean ours) {
        Optional<Key> key = Key.of(message.key());
        Optional<String> id = reserve(key, ours);
        if (id.isEmpty()) {
            return Outbox.Taken.KNOWN;
        }
        Index.@Nullable Item item = null;
        try {
            if (!ours) {
                refuseIfUnfit(message);
            }
            refuseIfFull(message);
            item = write(id.get(), key, message);
            return Outbox.Taken.QUEUED;
        } catch (DiskFullException full) {
            throw new MailException(MailError.DISK_FULL, "no space for outgoing mail", full);
        } catch (IOException failed) {
            throw new MailException(MailError.UNAVAILABLE, "outgoing mail can't be kept now", failed);
        } finally {
            settle(key, item);
        }
    }

    /// A number for a new entry; empty when the key is known. Waits while another thread writes for the same key.
    private Optional<String> reserve(Optional<Key> key, boolean ours) {
        lock.lock();
        try {
            while (key.isPresent() && writing.contains(key.get())) {
                written.awaitUninterruptibly();
            }
            if (key.isPresent() && (index.has(key.get()) || memory.knows(key.get(), clock.instant()))) {
                return Optional.empty();
            }
            if (closed) {
                throw new MailException(MailError.UNAVAILABLE, "the server stops");
            }
            if (!ours && index.size() + writing.size() >= settings.mostMessages()) {
                throw new MailException(MailError.UNAVAILABLE, "too much mail waits to be sent");
            }
            key.ifPresent(writing::add);
            return Optional.of(newId());
        } finally {
            lock.unlock();
        }
    }

    /// In the order of time, and never one that was in use.
    private String newId() {
        long number = Math.max(clock.instant().toEpochMilli() << 8, lastNumber + 1);
        while (index.has(HexFormat.of().toHexDigits(number, 14))) {
            number++;
        }
        lastNumber = number;
        return HexFormat.of().toHexDigits(number, 14);
    }

    private void refuseIfUnfit(OutgoingMessage message) {
        if (message.content().size() > settings.mostBytes()) {
            throw new MailException(MailError.LIMIT, "message too big: more than " + settings.mostBytes() + " bytes");
        }
        if (message.envelope().recipients().size() > settings.mostRecipients()) {
            throw new MailException(MailError.LIMIT, "too many recipients: more than " + settings.mostRecipients());
        }
    }

    private void refuseIfFull(OutgoingMessage message) throws IOException {
        if (spool.freeSpace() - message.content().size() < settings.spare()) {
            throw new MailException(MailError.DISK_FULL, "no space for outgoing mail");
        }
    }

    private Index.Item write(String id, Optional<Key> key, OutgoingMessage message) throws IOException {
        Entry entry = new Entry(
                id,
                clock.instant(),
                message.notBefore(),
                key,
                message.envelope(),
                ContentFacts.of(message.content()),
                message.content().size());
        spool.add(entry, message.content());
        event.info(
                "outbox.queued",
                "queued",
                "queue",
                id,
                "from",
                entry.envelope().sender(),
                "to",
                entry.envelope().recipients().getFirst().address(),
                "recipients",
                entry.envelope().recipients().size(),
                "size",
                entry.size());
        return new Index.Item(entry, EntryState.fresh(entry));
    }

    private void settle(Optional<Key> key, Index.@Nullable Item item) {
        lock.lock();
        try {
            key.ifPresent(writing::remove);
            if (item != null) {
                index.add(item);
            }
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Index.@Nullable Item take(Way way, Instant now) {
        lock.lock();
        try {
            return index.take(way, now);
        } finally {
            lock.unlock();
        }
    }

    Optional<Instant> nextDue(Way way) {
        lock.lock();
        try {
            return index.nextDue(way);
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return index.size();
        } finally {
            lock.unlock();
        }
    }

    List<QueuedMail> list() {
        lock.lock();
        try {
            return index.all().stream()
                    .filter(item -> !item.gone)
                    .map(Index.Item::facts)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    Entry entry(String id) throws IOException {
        return spool.read(id);
    }

    EntryState state(Entry entry) throws IOException {
        return spool.state(entry);
    }

    ByteSource content(String id) throws IOException {
        return spool.content(id);
    }

    void save(String id, EntryState state) throws IOException {
        spool.save(id, state);
    }

    /// Puts a busy message back to wait.
    void putBack(Index.Item item, Instant next, int attempts) {
        lock.lock();
        try {
            item.next = next;
            item.attempts = attempts;
            item.busy = false;
            index.schedule(item);
        } finally {
            lock.unlock();
        }
    }

    boolean isDropped(Index.Item item) {
        lock.lock();
        try {
            return item.dropped;
        } finally {
            lock.unlock();
        }
    }

    boolean isHeld(Index.Item item) {
        lock.lock();
        try {
            return item.held;
        } finally {
            lock.unlock();
        }
    }

    /// A message is done with: its key first, so that a crash in between sends nothing again.
    void finish(Index.Item item) throws IOException {
        try {
            if (item.key != null) {
                lock.lock();
                try {
                    memory.add(item.key, clock.instant());
                } finally {
                    lock.unlock();
                }
            }
        } finally {
            remove(item);
        }
    }

    private void remove(Index.Item item) throws IOException {
        boolean removed = false;
        try {
            spool.remove(item.id);
            removed = true;
        } finally {
            lock.lock();
            try {
                item.gone = true;
                if (removed) {
                    index.remove(item);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    void setAside(Index.Item item, DamagedEntry why) throws IOException {
        try {
            spool.setAside(item.id, why);
        } finally {
            lock.lock();
            try {
                item.gone = true;
                index.remove(item);
            } finally {
                lock.unlock();
            }
        }
    }

    int flush(Instant now) {
        lock.lock();
        try {
            int count = 0;
            for (Index.Item item : index.all()) {
                if (!item.held && !item.busy && !item.gone) {
                    index.reschedule(item, now);
                    count++;
                }
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    boolean drop(String id) throws IOException {
        Index.Item item;
        lock.lock();
        try {
            item = index.find(id);
            if (item == null || item.gone) {
                return false;
            }
            if (item.busy) {
                item.dropped = true; // whoever sends it removes it
                return true;
            }
            index.unschedule(item);
            item.busy = true;
        } finally {
            lock.unlock();
        }
        finish(item);
        return true;
    }

    boolean hold(String id, boolean on) throws IOException {
        lock.lock();
        try {
            Index.Item item = index.find(id);
            if (item == null || item.gone) {
                return false;
            }
            index.unschedule(item);
            item.held = on;
            index.schedule(item);
            if (item.busy) {
                return true; // whoever sends it writes it down
            }
            // Under the lock, so that nobody sends it meanwhile: an operator waits for it, and it is rare.
            spool.save(id, spool.state(spool.read(id)).held(on));
            return true;
        } finally {
            lock.unlock();
        }
    }

    Optional<List<String>> show(String id) throws IOException {
        QueuedMail facts;
        lock.lock();
        try {
            Index.Item item = index.find(id);
            if (item == null || item.gone) {
                return Optional.empty();
            }
            facts = item.facts();
        } finally {
            lock.unlock();
        }
        Entry entry = spool.read(id);
        EntryState state = spool.state(entry);
        List<String> lines = new ArrayList<>();
        lines.add("id: " + id);
        lines.add("created: " + entry.created());
        lines.add("size: " + entry.size());
        lines.add("from: " + entry.envelope().sender());
        entry.envelope().options().webhook().ifPresent(webhook -> lines.add("post to: " + webhook.target()));
        lines.add("attempts: " + facts.attempts());
        lines.add("next: "
                + (facts.held()
                        ? "held"
                        : facts.sending() ? "now" : facts.next().toString()));
        for (int i = 0; i < state.recipients().size(); i++) {
            RecipientState recipient = state.recipients().get(i);
            lines.add("to: " + entry.envelope().recipients().get(i).address() + " " + step(recipient));
        }
        return Optional.of(lines);
    }

    private static String step(RecipientState recipient) {
        String said = recipient.last().code() == 200 ? "" : ": " + recipient.last();
        return switch (recipient.step()) {
            case WAITING -> "waits" + said;
            case TELL_FAILED -> "failed, to be reported" + said;
            case TELL_RELAYED -> "sent, to be reported" + said;
            case ENDED -> "done" + said;
        };
    }

    /// Nothing new is taken from now on.
    void closing() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            memory.close();
        } finally {
            lock.unlock();
        }
    }
}
