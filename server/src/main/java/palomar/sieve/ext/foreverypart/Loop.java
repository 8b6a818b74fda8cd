package palomar.sieve.ext.foreverypart;

import java.util.Optional;

/// A loop of a script, for the commands in its block. Two loops are the same only when they are the same object.
/// RFC 5703 3
public final class Loop {
    private final Optional<String> name;
    private final Optional<Loop> outer;

    Loop(Optional<String> name, Optional<Loop> outer) {
        this.name = name;
        this.outer = outer;
    }

    Optional<String> name() {
        return name;
    }

    Optional<Loop> outer() {
        return outer;
    }
}
