package palomar.managesieve;

import palomar.net.KeyedPermits;
import palomar.scripts.ScriptOwner;
import palomar.scripts.UserScripts;

/// Where a session stands. RFC 5804 2
sealed interface State {
    record Stranger() implements State {}

    /// @param permit one of the sessions that the user may have
    record User(ScriptOwner owner, UserScripts scripts, KeyedPermits.Permit permit) implements State {}

    record Ended() implements State {}
}
