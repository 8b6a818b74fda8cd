package palomar.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// How badly each address has behaved. An address is an IPv4 address or the /64 network of an IPv6 one; other
/// peers (Unix sockets) have none. Safe for many threads.
///
/// Each failure is one step; time takes steps away, and so does a success, one at a time, so that somebody
/// with one good account can't wash himself clean between guesses. The same wrong password again is no new
/// step: that is a forgotten telephone, not an attack. When the table is full, the address that failed
/// longest ago is forgotten.
final class Penalties {
    /// Steps beyond this change nothing: the delay is long at its limit.
    private static final int MOST_STEPS = 10;

    private static final int REMEMBERED_GUESSES = 10;

    private final InstantSource clock;
    private final SequencedMap<Address, Record> records = new LinkedHashMap<>();

    Penalties(InstantSource clock) {
        this.clock = clock;
    }

    /// How long the next attempt from this address waits before it is looked at.
    Duration delay(SocketAddress remote, AuthSettings settings) {
        Optional<Address> address = address(remote, settings);
        if (address.isEmpty()) {
            return Duration.ZERO;
        }
        synchronized (records) {
            Record record = records.get(address.get());
            int steps = record == null ? 0 : record.steps(clock.instant(), settings.penaltyDecay());
            if (steps == 0) {
                records.remove(address.get());
                return Duration.ZERO;
            }
            Duration delay = settings.failureDelay().multipliedBy(1L << steps - 1);
            return delay.compareTo(settings.maxPenalty()) < 0 ? delay : settings.maxPenalty();
        }
    }

    /// @param guess a keyed tag of user and password
    void failed(SocketAddress remote, long guess, AuthSettings settings) {
        Optional<Address> address = address(remote, settings);
        if (address.isEmpty()) {
            return;
        }
        synchronized (records) {
            Record record = Optional.ofNullable(records.remove(address.get())).orElseGet(Record::new);
            records.put(address.get(), record); // at the end: the eldest failure is first
            record.failed(clock.instant(), guess, settings.penaltyDecay());
            if (records.size() > settings.penaltyEntries()) {
                records.pollFirstEntry();
            }
        }
    }

    void succeeded(SocketAddress remote, AuthSettings settings) {
        Optional<Address> address = address(remote, settings);
        if (address.isEmpty()) {
            return;
        }
        synchronized (records) {
            Record record = records.get(address.get());
            if (record != null) {
                record.succeeded(clock.instant(), settings.penaltyDecay());
            }
        }
    }

    int size() {
        synchronized (records) {
            return records.size();
        }
    }

    private static Optional<Address> address(SocketAddress remote, AuthSettings settings) {
        if (!(remote instanceof InetSocketAddress inet) || inet.getAddress() == null) {
            return Optional.empty();
        }
        InetAddress address = inet.getAddress();
        if (settings.trusted().stream().anyMatch(network -> network.contains(address))) {
            return Optional.empty();
        }
        byte[] bytes = address.getAddress();
        return Optional.of(
                address instanceof Inet6Address
                        ? new Address(true, ByteBuffer.wrap(bytes).getLong())
                        : new Address(false, ByteBuffer.wrap(bytes).getInt()));
    }

    private record Address(boolean v6, long bits) {}

    private static final class Record {
        private final long[] guesses = new long[REMEMBERED_GUESSES];
        private int guessed;
        private int steps;
        private Instant since = Instant.MIN;

        int steps(Instant now, Duration decay) {
            long gone = now.isAfter(since) ? Duration.between(since, now).dividedBy(decay) : 0;
            return (int) Math.max(0, steps - gone);
        }

        void failed(Instant now, long guess, Duration decay) {
            int before = steps == 0 ? 0 : steps(now, decay);
            if (before > 0 && seen(guess)) {
                return;
            }
            if (before == 0) {
                guessed = 0;
            }
            guesses[guessed++ % REMEMBERED_GUESSES] = guess;
            steps = Math.min(before + 1, MOST_STEPS);
            since = now;
        }

        /// One step less; the rest decays from now on.
        void succeeded(Instant now, Duration decay) {
            steps = Math.max(0, steps(now, decay) - 1);
            since = now;
        }

        private boolean seen(long guess) {
            for (int i = 0; i < Math.min(guessed, REMEMBERED_GUESSES); i++) {
                if (guesses[i] == guess) {
                    return true;
                }
            }
            return false;
        }
    }
}
