package palomar.sieve.ext.environment;

import java.util.Optional;
import palomar.sieve.Run;

/// Items of `environment` that an extension adds: provided under what their names begin with, a dot at its end, or
/// under the whole name.
@FunctionalInterface
public interface EnvironmentItem {
    /// @param rest of the name, behind what it is provided under
    Optional<String> value(Run run, String rest);
}
