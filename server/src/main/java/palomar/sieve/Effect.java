package palomar.sieve;

import java.io.IOException;

/// Changes an action before it goes into the result: what a tag such as `:copy` or `:flags` makes of the action of
/// a command that knows nothing of it. Returns the action it was given when that is none of its kind. Immutable.
@FunctionalInterface
public interface Effect {
    Action apply(Action action, Run run) throws IOException;
}
