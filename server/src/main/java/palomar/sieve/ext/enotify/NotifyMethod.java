package palomar.sieve.ext.enotify;

import java.util.Optional;
import palomar.sieve.Run;

/// A way to notify, provided under the scheme of its URIs. RFC 5435 3.1
public interface NotifyMethod {
    /// What is wrong with such a URI; empty: nothing.
    Optional<String> wrong(String uri);

    /// Whether the operator lets users of this run notify so.
    default Optional<String> refused(Run run, String uri) {
        return Optional.empty();
    }

    /// Whether whoever gets it can be reached now: `yes`, `no`, `maybe`. RFC 5435 5
    default String online() {
        return "maybe";
    }
}
