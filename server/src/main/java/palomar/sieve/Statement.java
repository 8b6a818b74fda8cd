package palomar.sieve;

import java.io.IOException;

/// A compiled command. Immutable; many runs may execute it at once, so what it remembers is in the [Run].
@FunctionalInterface
public interface Statement {
    /// Does nothing: for commands that only matter when a script is compiled.
    Statement NOTHING = run -> Flow.NEXT;

    /// @throws SieveFault when the script can't go on
    /// @throws IOException when the message can't be read
    Flow execute(Run run) throws IOException;
}
