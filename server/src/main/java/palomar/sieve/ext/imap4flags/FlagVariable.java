package palomar.sieve.ext.imap4flags;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import palomar.sieve.Run;

/// The flags that the message will have: what RFC 5232 2 calls the internal variable. It belongs to a result:
/// scripts of one delivery share it, so whoever runs several puts one object into each run, with
/// `run.state(FlagVariable.class, () -> variable)`, before it is executed. One thread.
public final class FlagVariable {
    private final Supplier<List<String>> first;
    private @Nullable List<String> flags;
    private boolean changed;

    /// @param first flags that the message has already, asked at the first use
    public FlagVariable(Supplier<List<String>> first) {
        this.first = first;
    }

    /// Of a message that is being delivered, which has none.
    static FlagVariable of(Run run) {
        return run.state(FlagVariable.class, () -> new FlagVariable(List::of));
    }

    public List<String> get() {
        List<String> known = flags;
        if (known == null) {
            known = List.copyOf(first.get());
            flags = known;
        }
        return known;
    }

    void set(List<String> other) {
        flags = List.copyOf(other);
        changed = true;
    }

    /// What stored copies get; empty: no script has said anything of flags.
    public Optional<List<String>> forCopies() {
        return changed ? Optional.of(new ArrayList<>(get())) : Optional.empty();
    }
}
