package palomar.outbox;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import palomar.event.Event;
import palomar.os.Disk;
import palomar.smtp.client.Transport;
import palomar.smtp.client.Webhook;
import palomar.smtp.proto.SmtpReply;

/// The spool and those who carry from it. Safe for many threads.
///
/// [#open] reads what is there and takes new messages; [#start] begins to send. One virtual thread waits for what
/// is
/// due and starts one for each message, at most as many as the transport is wide. While the relay can't be used
/// one
/// message at a time is tried, at growing intervals, and the others wait without counting attempts.
public final class SpooledOutbox implements Outbox, AutoCloseable {
    /// The clock may be set: nobody sleeps longer than that without a look at it.
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Event event;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Shelf shelf;

    // Guarded by lock.
    private final Lane mail = new Lane(Way.MAIL);
    private final Lane web = new Lane(Way.WEB);
    private boolean closed;

    private SpooledOutbox(Shelf shelf, Route route, InstantSource clock, Event event) {
        this.shelf = shelf;
        this.clock = clock;
        this.event = event;
        mail.become(route);
    }

    /// Opens the spool and reads it.
    ///
    /// @param transport is closed with this
    /// @throws IOException the folder can't be used
    public static SpooledOutbox open(
            SpoolSettings spool,
            CarrierSettings settings,
            Transport transport,
            Disk disk,
            InstantSource clock,
            Event event)
            throws IOException {
        Shelf shelf = Shelf.open(spool, disk, clock, event);
        return new SpooledOutbox(shelf, relay(transport, settings), clock, event);
    }

    @Override
    public Taken enqueue(OutgoingMessage message) {
        Taken taken = shelf.enqueue(message, false);
        wake();
        return taken;
    }

    /// Begins to send. Once.
    public void start() {
        Thread.ofVirtual().name("outbox").start(this::run);
    }

    private static Route relay(Transport transport, CarrierSettings settings) {
        return new Route(transport, settings, (webhook, reply) -> {});
    }

    /// Other settings from now on; what is being sent ends as it began.
    public void become(Transport transport, CarrierSettings settings) {
        become(mail, relay(transport, settings));
    }

    /// The way for what is posted to web servers; what is of that kind waits until there is one.
    ///
    /// @param failed hears of what will never be posted, in the thread that tried it; must not throw
    public void webhooks(Transport transport, CarrierSettings settings, BiConsumer<Webhook, SmtpReply> failed) {
        become(web, new Route(transport, settings, failed));
    }

    private void become(Lane lane, Route next) {
        Optional<Route> unused;
        lock.lock();
        try {
            unused = lane.become(next);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        unused.ifPresent(route -> route.transport().close());
    }

    /// Other limits for what comes from now on; where the spool is and how long keys are known stays as it was.
    public void limits(SpoolSettings changed) {
        shelf.become(changed);
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A message and the way it goes.
    private record Job(Lane lane, Index.Item item, Route route) {}

    private void run() {
        try {
            while (!isClosed()) {
                Job job = await();
                if (job == null) {
                    routes().forEach(route -> route.transport().tidy());
                } else {
                    Thread.ofVirtual().name("outbox-" + job.item().id).start(() -> carry(job));
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
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

    /// Waits until something may be sent; null when there was nothing for a while, or something changed.
    private @Nullable Job await() throws InterruptedException {
        lock.lock();
        try {
            Job job = closed ? null : takeDue();
            if (job == null && !closed) {
                changed.await(untilNext().toNanos(), TimeUnit.NANOSECONDS);
            }
            return job;
        } finally {
            lock.unlock();
        }
    }

    /// The next that may be sent now, with a place for it; null for none.
    private @Nullable Job takeDue() {
        Instant now = clock.instant();
        Job job = takeDue(mail, now);
        return job != null ? job : takeDue(web, now);
    }

    private @Nullable Job takeDue(Lane lane, Instant now) {
        Route route = lane.free(now);
        Index.Item item = route == null ? null : shelf.take(lane.way, now);
        if (route == null || item == null) {
            return null;
        }
        lane.running++;
        route.enter();
        return new Job(lane, item, route);
    }

    private List<Route> routes() {
        lock.lock();
        try {
            return Stream.of(mail, web)
                    .flatMap(lane -> Stream.ofNullable(lane.route()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private Duration untilNext() {
        Instant now = clock.instant();
        Duration one = mail.untilNext(now, shelf.nextDue(Way.MAIL), LONGEST_SLEEP);
        Duration other = web.untilNext(now, shelf.nextDue(Way.WEB), LONGEST_SLEEP);
        return one.compareTo(other) < 0 ? one : other;
    }

    private int running() {
        return mail.running + web.running;
    }

    private void carry(Job job) {
        Optional<String> trouble = Optional.empty();
        try {
            trouble = new Carrier(shelf, job.route(), clock, event).carry(job.item());
        } catch (RuntimeException bug) {
            // The top of a thread that one message hangs on: it must be heard of, and the message stay.
            event.error("outbox.fault", "an attempt ended by a fault of ours", bug, "queue", job.item().id);
            CarrierSettings settings = job.route().settings();
            int attempts = job.item().attempts + 1;
            shelf.putBack(job.item(), settings.retry(clock.instant(), attempts, job.item().id), attempts);
        } finally {
            finished(job, trouble);
        }
    }

    private void finished(Job job, Optional<String> trouble) {
        boolean unused;
        lock.lock();
        try {
            job.lane().running--;
            unused = job.route().leave();
            if (job.route() == job.lane().route()) {
                job.lane().health(trouble, clock.instant(), shelf.size(), event);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (unused) {
            job.route().transport().close();
        }
    }

    /// Sends all that is due in the calling thread, for tests that own the time; returns how many attempts it
    /// made.
    int carryDue() {
        int attempts = 0;
        while (true) {
            Job job;
            lock.lock();
            try {
                job = takeDue();
            } finally {
                lock.unlock();
            }
            if (job == null) {
                return attempts;
            }
            carry(job);
            attempts++;
        }
    }

    /// What waits, the oldest first.
    public List<QueuedMail> list() {
        return shelf.list().stream()
                .sorted(Comparator.comparing(QueuedMail::created).thenComparing(QueuedMail::id))
                .toList();
    }

    public int size() {
        return shelf.size();
    }

    /// What keeps everything from being sent; empty while the relay is well.
    public Optional<String> trouble() {
        lock.lock();
        try {
            return mail.trouble();
        } finally {
            lock.unlock();
        }
    }

    /// All of one message, in lines for the operator; empty when there is none.
    public Optional<List<String>> show(String id) throws IOException {
        return shelf.show(id);
    }

    /// Tries everything now that is not held; returns how many.
    public int flush() {
        int count = shelf.flush(clock.instant());
        lock.lock();
        try {
            mail.hurry();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return count;
    }

    /// Forgets a message; its sender is not told. False when there is none.
    ///
    /// @throws IOException its file can't be removed
    public boolean drop(String id) throws IOException {
        return shelf.drop(id);
    }

    /// Keeps a message until it is released, over restarts too. False when there is none.
    ///
    /// @throws IOException that can't be written down; it holds until the next restart then
    public boolean hold(String id, boolean on) throws IOException {
        boolean found = shelf.hold(id, on);
        wake();
        return found;
    }

    /// Takes no more, lets what is being sent end for a moment, then cuts it.
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            long left = GRACE.toNanos();
            while (running() > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        shelf.closing();
        routes().forEach(route -> route.transport().close());
        awaitCut();
        shelf.close();
    }

    /// Its connection is gone: what was being sent ends soon, and writes down how.
    private void awaitCut() {
        lock.lock();
        try {
            long left = GRACE.toNanos();
            while (running() > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
