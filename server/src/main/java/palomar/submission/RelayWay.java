package palomar.submission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import palomar.event.Event;
import palomar.smtp.client.Extensions;
import palomar.smtp.client.RelayPool;
import palomar.smtp.client.RelayTrouble;

/// To an SMTP or LMTP server. Owns the pool.
public final class RelayWay implements WayOut {
    /// So long is believed what a relay said of itself, and that it is away.
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final Duration AWAY = Duration.ofSeconds(10);

    private final RelayPool pool;
    private final Duration patience;
    private final InstantSource clock;
    private final Event event;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Known known = new Known(Extensions.NONE, Instant.MIN);
    private int under; // guarded by this
    private boolean closed; // guarded by this

    private record Known(Extensions extensions, Instant until) {}

    /// @param patience how long a message waits while all connections are in use
    public RelayWay(RelayPool pool, Duration patience, InstantSource clock, Event event) {
        this.pool = pool;
        this.patience = patience;
        this.clock = clock;
        this.event = event;
    }

    /// Only one session asks the relay; others meanwhile make do with what is known.
    @Override
    public Extensions extensions() {
        if (clock.instant().isBefore(known.until()) || !asking.tryLock()) {
            return known.extensions();
        }
        try (RelayPool.Lease lease = pool.borrow(Duration.ZERO)) {
            // What a kept connection said is as good: it is not older than that connection.
            learn(lease.connection().extensions());
        } catch (RelayTrouble trouble) {
            boolean busy = trouble.reply().enhanced().equals("4.3.2");
            // A relay that is only busy can what it could before.
            Extensions now = busy ? known.extensions() : Extensions.NONE;
            known = new Known(now, clock.instant().plus(AWAY));
            event.debug("submission.relay-unknown", "the relay was not asked what it can", "cause", trouble.reply());
        } finally {
            asking.unlock();
        }
        return known.extensions();
    }

    private void learn(Extensions said) {
        known = new Known(said, clock.instant().plus(FRESH));
    }

    @Override
    public Passage begin() throws RelayTrouble {
        enter();
        boolean fine = false;
        try {
            RelayPool.Lease lease = living();
            fine = true;
            learn(lease.connection().extensions());
            return new RelayPassage(this, lease, pool.settings());
        } finally {
            if (!fine) {
                leave();
            }
        }
    }

    /// A kept connection may have been closed by the relay meanwhile: that must not cost a message, so it is tried
    /// first.
    private RelayPool.Lease living() throws RelayTrouble {
        while (true) {
            RelayPool.Lease lease = pool.borrow(patience);
            if (!lease.used() || RelayPassage.answers(lease.connection())) {
                return lease;
            }
            lease.connection().close();
            lease.close();
        }
    }

    private synchronized void enter() {
        under++;
    }

    /// A message has come to its end.
    void leave() {
        boolean last;
        synchronized (this) {
            under--;
            last = closed && under == 0;
        }
        if (last) {
            pool.close();
        }
    }

    @Override
    public void close() {
        boolean last;
        synchronized (this) {
            last = !closed && under == 0;
            closed = true;
        }
        if (last) {
            pool.close();
        }
    }
}
