package palomar.sieve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What a run, or a chain of runs, wants done: actions in their order, and whether the implicit keep is still in
/// force. One thread; read it when the run is over.
///
/// An action that repeats an earlier one (the same mailbox, the same address) replaces or joins it and takes no
/// second place; it is up to the action's statement to say so with [#add]. RFC 5228 2.10.2, 2.10.3
public final class Result {
    private final List<Action> actions = new ArrayList<>();
    private boolean implicitKeep = true;
    private Optional<List<String>> implicitKeepFlags = Optional.empty();
    private boolean refused;

    public List<Action> actions() {
        return Collections.unmodifiableList(actions);
    }

    public void add(Action action) {
        actions.add(action);
    }

    /// Puts an action in the place of an earlier one.
    public void replace(int index, Action action) {
        actions.set(index, action);
    }

    public void remove(Action action) {
        actions.remove(action);
    }

    /// True while nothing has cancelled it: then the message is kept in the default mailbox when all is done.
    public boolean implicitKeep() {
        return implicitKeep;
    }

    public void cancelImplicitKeep() {
        implicitKeep = false;
    }

    /// After a run that failed: the message is kept, whatever was decided. RFC 5228 2.10.6
    public void restoreImplicitKeep() {
        implicitKeep = true;
    }

    /// Flags for the implicit keep; empty: nobody said anything about flags. RFC 5232 4
    public Optional<List<String>> implicitKeepFlags() {
        return implicitKeepFlags;
    }

    public void implicitKeepFlags(Optional<List<String>> flags) {
        implicitKeepFlags = flags;
    }

    /// True once a script has rejected the message.
    public boolean refused() {
        return refused;
    }

    public void refuse() {
        refused = true;
    }
}
