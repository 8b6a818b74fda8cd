package palomar.admin;

import java.util.List;

/// Something an operator can ask of the running server. Called by any thread, many at a time.
@FunctionalInterface
public interface ControlVerb {
    /// Does it, or throws [ControlFailure] to refuse.
    void run(List<String> arguments, ControlReply reply);
}
