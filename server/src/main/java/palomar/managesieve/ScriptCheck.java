package palomar.managesieve;

import java.util.List;
import java.util.OptionalInt;
import palomar.scripts.ScriptOwner;

/// Whether scripts are fit to be run: the compiler, as ManageSieve sees it. Safe for many threads.
public interface ScriptCheck {

    /// What scripts can do here. Constant, but for a reload.
    Abilities abilities();

    /// Compiles a script for a user, as it would be compiled to be run.
    Findings check(byte[] script, ScriptOwner owner);

    /// @param extensions names for `require`, in the order in which they are announced
    /// @param notifications URI schemes of `notify`; empty: scripts can't notify. RFC 5435 3
    /// @param redirects of one message at most; empty: without limit
    /// @param lists URI schemes of names of external lists; empty: there are none. RFC 6134 2.8
    record Abilities(List<String> extensions, List<String> notifications, OptionalInt redirects, List<String> lists) {
        public Abilities {
            extensions = List.copyOf(extensions);
            notifications = List.copyOf(notifications);
            lists = List.copyOf(lists);
        }
    }

    /// One line of text each, with the place in the script, for its writer.
    ///
    /// @param errors any of them: it can't be run
    /// @param warnings it can, but may not do what was meant
    record Findings(List<String> errors, List<String> warnings) {
        public Findings {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }
}
