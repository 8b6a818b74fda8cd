package palomar.net;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import palomar.event.Event;

/// All listeners and live connections of the server, and what they share. Safe for many threads.
public final class Network implements AutoCloseable {
    private static final int TLS_CONTENT = 16 * 1024;
    private static final int TLS_RECORD = 17 * 1024;
    private static final long LAST_WORDS_NANOS = Duration.ofSeconds(2).toNanos();

    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Event events;
    private final SessionIds ids;
    private final SocketConnection.Shared shared;
    private final HandshakeGate gate;
    private final Permits permits;
    private final KeyedPermits<InetAddress> perAddress = new KeyedPermits<>(Integer.MAX_VALUE);
    private final Set<SocketConnection> live = ConcurrentHashMap.newKeySet();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Deadlines deadlines;
    private final Object emptied = new Object();
    private volatile boolean stopping;
    private volatile NetworkLimits limits = NetworkLimits.usual();

    public Network(InstantSource clock, Event events) {
        this(clock, System::nanoTime, events, true);
    }

    /// For tests that own the time: `watch` false leaves the deadlines to [#checkDeadlines()].
    Network(InstantSource clock, LongSupplier nanos, Event events, boolean watch) {
        this.clock = clock;
        this.nanos = nanos;
        this.events = events;
        this.ids = new SessionIds(clock);
        // A buffer serves one burst of one connection; more than 4 MiB a core can't be busy at once.
        long keep = 4L * 1024 * 1024 * Runtime.getRuntime().availableProcessors();
        this.gate = new HandshakeGate(limits.handshakes(), limits.handshake());
        this.permits = new Permits(limits.connections());
        this.shared = new SocketConnection.Shared(
                new BufferPool(TLS_RECORD, keep / 2),
                new BufferPool(TLS_CONTENT, keep / 2),
                new DeflatePool(),
                gate,
                new LongAdder(),
                nanos);
        this.deadlines = new Deadlines(live, nanos, events);
        if (watch) {
            deadlines.start();
        }
    }

    /// Begins to accept.
    ///
    /// @param tls for implicit TLS; may be null for a listener without
    /// @throws IOException the address can't be bound; the text names it
    public Listener listen(ListenerSettings settings, @Nullable TlsContexts tls, ConnectionHandler handler)
            throws IOException {
        if (settings.implicitTls() && tls == null) {
            throw new IllegalArgumentException("implicit TLS without a certificate: " + settings.endpoint());
        }
        Listener listener = new Listener(this, settings, tls, handler);
        listeners.add(listener);
        listener.start();
        return listener;
    }

    /// New limits, in force for what comes from now on.
    public void limits(NetworkLimits changed) {
        limits = changed;
        permits.limit(changed.connections());
        gate.limit(changed.handshakes());
        gate.patience(changed.handshake());
    }

    NetworkLimits limits() {
        return limits;
    }

    /// One for each connection of any listener.
    Permits permits() {
        return permits;
    }

    /// One for each connection of an address, over all listeners.
    KeyedPermits<InetAddress> perAddress() {
        return perAddress;
    }

    void removed(Listener listener) {
        listeners.remove(listener);
    }

    InstantSource clock() {
        return clock;
    }

    LongSupplier nanos() {
        return nanos;
    }

    Event events() {
        return events;
    }

    SessionIds ids() {
        return ids;
    }

    DeflatePool deflate() {
        return shared.deflate();
    }

    SocketConnection.Shared shared() {
        return shared;
    }

    void add(SocketConnection connection) {
        live.add(connection);
        if (stopping) {
            connection.stopPolitely(ReadInterrupted.Why.SHUTDOWN);
        }
    }

    void remove(SocketConnection connection) {
        live.remove(connection);
        if (stopping && live.isEmpty()) {
            synchronized (emptied) {
                emptied.notifyAll();
            }
        }
    }

    /// All live connections, in no order.
    public List<ConnectionFacts> connections() {
        List<ConnectionFacts> facts = new ArrayList<>();
        for (SocketConnection connection : live) {
            facts.add(connection.facts());
        }
        return facts;
    }

    public int count() {
        return live.size();
    }

    /// Whether some session works now, rather than waiting for its client.
    public boolean isBusy() {
        for (SocketConnection connection : live) {
            if (!connection.wire().idle()) {
                return true;
            }
        }
        return false;
    }

    /// Grows with each answer that a session has given; for whoever wants to know whether something happened
    /// since.
    public long waits() {
        return shared.waits().sum();
    }

    /// Ends one session; it may still say goodbye. False when there is none of that id.
    public boolean kick(String id) {
        for (SocketConnection connection : live) {
            if (connection.id().equals(id)) {
                connection.wakeReader(ReadInterrupted.Why.KICKED);
                return true;
            }
        }
        return false;
    }

    /// Ends all sessions of a user; returns how many.
    public int kickUser(String user) {
        int kicked = 0;
        for (SocketConnection connection : live) {
            if (connection.user().equals(user)) {
                connection.wakeReader(ReadInterrupted.Why.KICKED);
                kicked++;
            }
        }
        return kicked;
    }

    /// Ends waits whose deadline has passed.
    void checkDeadlines() {
        deadlines.check();
    }

    /// Stops for good: accepts no more, tells sessions that wait between commands, gives busy ones `grace` to
    /// finish their command, then wakes them, and after two more seconds closes what is left.
    public void stop(Duration grace) throws InterruptedException {
        for (Listener listener : listeners) {
            listener.close();
        }
        stopping = true;
        for (SocketConnection connection : live) {
            connection.stopPolitely(ReadInterrupted.Why.SHUTDOWN);
        }
        if (!awaitEmpty(grace.toNanos())) {
            for (SocketConnection connection : live) {
                connection.wakeReader(ReadInterrupted.Why.SHUTDOWN);
            }
            if (!awaitEmpty(LAST_WORDS_NANOS)) {
                live.forEach(SocketConnection::abort);
            }
        }
        deadlines.stop();
    }

    private boolean awaitEmpty(long limitNanos) throws InterruptedException {
        long end = System.nanoTime() + limitNanos;
        synchronized (emptied) {
            while (!live.isEmpty()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                emptied.wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        }
        return true;
    }

    /// Stops without grace.
    @Override
    public void close() {
        try {
            stop(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            live.forEach(SocketConnection::abort);
        }
    }
}
