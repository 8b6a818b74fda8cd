package palomar.smtp.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import palomar.smtp.proto.SmtpReply;

/// A few connections to one relay, kept for a moment after use. Safe for many threads.
///
/// At most [RelaySettings#connections] are out or idle; who wants one more waits, and is refused when that takes
/// too long: that is the back-pressure.
public final class RelayPool implements AutoCloseable {
    /// Idle ones are closed before a relay would mind.
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(20);

    /// Then a fresh one: whoever balances load behind one address wants to see us again.
    private static final int MOST_TRANSACTIONS = 100;

    private final RelaySettings settings;
    private final ClientTls tls;
    private final InstantSource clock;
    private final Watchdog watchdog = new Watchdog();
    private final Semaphore places;
    private final Deque<Idle> idle = new ArrayDeque<>(); // guarded by itself
    private boolean closed; // guarded by idle

    private record Idle(SmtpConnection connection, Instant since) {}

    public RelayPool(RelaySettings settings, ClientTls tls, InstantSource clock) {
        this.settings = settings;
        this.tls = tls;
        this.clock = clock;
        this.places = new Semaphore(settings.connections());
    }

    public RelaySettings settings() {
        return settings;
    }

    /// Lends a connection, greeted and logged in; the borrower closes the lease, which takes the connection back
    /// when it is of further use.
    ///
    /// @param patience how long to wait for a place
    /// @throws RelayTrouble no place, or no connection
    public Lease borrow(Duration patience) throws RelayTrouble {
        try {
            if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new RelayTrouble(
                        SmtpReply.of(451, "4.3.2", "all connections to the relay " + settings.where() + " are busy"));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new RelayTrouble("4.3.2", "interrupted");
        }
        boolean lent = false;
        try {
            SmtpConnection kept = kept();
            Lease lease = new Lease(kept == null ? fresh() : kept, kept != null);
            lent = true;
            return lease;
        } finally {
            if (!lent) {
                places.release();
            }
        }
    }

    /// A connection of its own, beside the pool.
    SmtpConnection fresh() throws RelayTrouble {
        return SmtpConnection.open(settings, tls, watchdog);
    }

    private @Nullable SmtpConnection kept() {
        tidy();
        synchronized (idle) {
            Idle first = idle.pollFirst();
            return first == null ? null : first.connection();
        }
    }

    /// Closes what has been idle for long; happens by itself, too. May wait for a moment.
    public void tidy() {
        Instant oldest = clock.instant().minus(LONGEST_IDLE);
        List<SmtpConnection> old = new ArrayList<>();
        synchronized (idle) {
            while (!idle.isEmpty() && (closed || idle.getLast().since().isBefore(oldest))) {
                old.add(idle.removeLast().connection());
            }
        }
        old.forEach(SmtpConnection::quit);
    }

    private void takeBack(SmtpConnection connection) {
        boolean keeps;
        synchronized (idle) {
            keeps = connection.usable() && connection.transactions() < MOST_TRANSACTIONS && !closed;
            if (keeps) {
                idle.addFirst(new Idle(connection, clock.instant()));
            }
        }
        if (keeps) {
            watchdog.later(LONGEST_IDLE.plusSeconds(1), this::tidy);
        }
        if (!keeps && connection.usable()) {
            connection.quit();
        } else if (!keeps) {
            connection.close();
        }
    }

    /// Ends what is idle in order and cuts what is in use.
    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
        }
        tidy();
        watchdog.close();
    }

    /// A connection for a while. One thread.
    public final class Lease implements AutoCloseable {
        private final SmtpConnection connection;
        private final boolean used;
        private boolean returned;

        private Lease(SmtpConnection connection, boolean used) {
            this.connection = connection;
            this.used = used;
        }

        public SmtpConnection connection() {
            return connection;
        }

        /// True when it was idle before: the relay may have closed it meanwhile, which says nothing about the
        /// relay.
        public boolean used() {
            return used;
        }

        /// What broke within a message can only be thrown away: call [SmtpConnection#close()] before.
        @Override
        public void close() {
            if (!returned) {
                returned = true;
                takeBack(connection);
                places.release();
            }
        }
    }
}
