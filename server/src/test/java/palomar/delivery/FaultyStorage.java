package palomar.delivery;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.storage.StagedMessage;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// A store that refuses what a test tells it to. Safe for many threads.
public final class FaultyStorage implements Storage {
    private final Storage real;

    /// Users whose copies are refused.
    public final Map<String, MailError> refused = new ConcurrentHashMap<>();

    /// When set, taking in a message fails so.
    public volatile @Nullable MailError staging;

    /// When set, delivering fails as a bug would.
    public volatile boolean broken;

    public volatile int openStagings;

    public FaultyStorage(Storage real) {
        this.real = real;
    }

    @Override
    public Traits traits() {
        return real.traits();
    }

    @Override
    public UserMail open(String user) {
        return real.open(user);
    }

    @Override
    public Stream<String> users() {
        return real.users();
    }

    @Override
    public boolean deleteUser(String user) {
        return real.deleteUser(user);
    }

    @Override
    public Staging stage() {
        Staging inner = real.stage();
        synchronized (this) {
            openStagings++;
        }
        return new Staging() {
            @Override
            public long size() {
                return inner.size();
            }

            @Override
            public void write(int b) throws java.io.IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws java.io.IOException {
                MailError now = staging;
                if (now != null) {
                    throw new MailException(now, "as told: " + now);
                }
                inner.write(bytes, offset, length);
            }

            @Override
            public StagedMessage finish() throws java.io.IOException {
                return inner.finish();
            }

            @Override
            public void close() {
                synchronized (FaultyStorage.this) {
                    openStagings--;
                }
                inner.close();
            }
        };
    }

    @Override
    public List<Delivered> deliver(StagedMessage message, List<Target> targets) {
        if (broken) {
            throw new IllegalStateException("a bug, as told");
        }
        List<Delivered> results = new java.util.ArrayList<>();
        for (Target target : targets) {
            MailError why = refused.get(target.user());
            results.add(
                    why == null
                            ? real.deliver(message, List.of(target)).getFirst()
                            : new Delivered.Failed(new MailException(why, "as told: " + why)));
        }
        return results;
    }

    @Override
    public void close() {
        real.close();
    }
}
