package palomar.delivery.sieve;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import palomar.mail.MailException;
import palomar.storage.Attributes;
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// Tells the first try of a delivery from the next ones. Safe for many threads.
///
/// With the copies of a message a mark is written, `sieve/attempt/FINGERPRINT-NUMBER`. Once the sender has our
/// answer the mark has done its work and goes with the next change of the user, or soon. A mark that is there
/// while no session of ours waits for its answer is of a try whose answer was lost: the next message of the same
/// fingerprint goes on where that stopped. So the same message may come twice, side by side or in turn, and is
/// delivered twice, but never twice because an answer was lost. docs/decisions/0064
final class Attempts {
    private static final String MARKS = "sieve/attempt/";
    private static final long KEPT_SECONDS = 7 * 86_400;
    private static final int FINGERPRINT = 32;

    /// Marks that wait to be removed, of all users together, before somebody removes them at once.
    private static final int TIDY_AT = 1000;

    private final Storage storage;
    private final InstantSource clock;
    private final RandomGenerator random;

    // Guarded by this.
    private final Set<String> live = new HashSet<>();
    private final Map<String, Set<String>> finished = new HashMap<>();
    private int waiting;

    Attempts(Storage storage, InstantSource clock, RandomGenerator random) {
        this.storage = storage;
        this.clock = clock;
        this.random = random;
    }

    /// @param fingerprint of the message and of all that its sender said, hexadecimal
    synchronized Attempt begin(String user, Attributes values, String fingerprint) {
        String prefix = MARKS + fingerprint.substring(0, FINGERPRINT) + "-";
        for (String name : values.under(prefix).keySet()) {
            if (!isDone(user, name) && live.add(key(user, name))) {
                return new Attempt(name, true, Map.of());
            }
        }
        String name = prefix + Long.toUnsignedString(random.nextLong(), 36);
        live.add(key(user, name));
        Map<String, Optional<byte[]>> marks = new HashMap<>(removals(user, values));
        marks.put(name, Optional.of(bytes(clock.instant().getEpochSecond())));
        return new Attempt(name, false, marks);
    }

    private static String key(String user, String name) {
        return user + "\n" + name;
    }

    private boolean isDone(String user, String name) {
        return finished.getOrDefault(user, Set.of()).contains(name);
    }

    private static byte[] bytes(long second) {
        return ByteBuffer.allocate(Long.BYTES).putLong(second).array();
    }

    /// Marks of this user that are done, or so old that nobody tries any more.
    private Map<String, Optional<byte[]>> removals(String user, Attributes values) {
        Map<String, Optional<byte[]>> removals = new HashMap<>();
        Set<String> done = finished.remove(user);
        if (done != null) {
            waiting -= done.size();
            done.forEach(name -> removals.put(name, Optional.empty()));
        }
        long oldest = clock.instant().getEpochSecond() - KEPT_SECONDS;
        values.under(MARKS).forEach((name, value) -> {
            if (value.length != Long.BYTES || ByteBuffer.wrap(value).getLong() < oldest) {
                removals.put(name, Optional.empty());
            }
        });
        return removals;
    }

    /// The try is over, and nothing was written.
    synchronized void failed(String user, Attempt attempt) {
        live.remove(key(user, attempt.id()));
        attempt.marks().forEach((name, value) -> {
            if (value.isEmpty()) {
                done(user, name);
            }
        });
    }

    private void done(String user, String name) {
        if (finished.computeIfAbsent(user, _ -> new HashSet<>()).add(name)) {
            waiting++;
        }
    }

    /// The try is over; its mark was written.
    ///
    /// @param acknowledged its sender has our answer, and it was not that he should try again
    void end(String user, Attempt attempt, boolean acknowledged) {
        boolean tidy;
        synchronized (this) {
            live.remove(key(user, attempt.id()));
            if (acknowledged) {
                done(user, attempt.id());
            }
            tidy = waiting >= TIDY_AT;
        }
        if (tidy) {
            tidy();
        }
    }

    boolean isTidy() {
        synchronized (this) {
            return waiting == 0;
        }
    }

    /// Removes all marks that have done their work.
    void tidy() {
        Map<String, Set<String>> all;
        synchronized (this) {
            all = new HashMap<>(finished);
        }
        all.forEach((user, names) -> {
            List<String> some;
            synchronized (this) {
                some = List.copyOf(names);
            }
            if (remove(user, some)) {
                synchronized (this) {
                    Set<String> left = finished.getOrDefault(user, Set.of());
                    for (String name : some) {
                        waiting -= left.contains(name) ? 1 : 0;
                    }
                    if (!left.isEmpty()) {
                        left.removeAll(some);
                        finished.values().removeIf(Set::isEmpty);
                    }
                }
            }
        });
    }

    /// False: not now. Then it is tried again.
    private boolean remove(String user, List<String> names) {
        try (UserMail mail = storage.open(user)) {
            Map<String, Optional<byte[]>> changes = new HashMap<>();
            names.forEach(name -> changes.put(name, Optional.empty()));
            mail.attributes().change(changes);
            return true;
        } catch (MailException later) {
            return !later.kind().temporary();
        }
    }
}
