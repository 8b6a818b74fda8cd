package palomar.sieve;

import java.util.Optional;
import palomar.sieve.syntax.Position;

/// Variables that an extension makes visible, as `${env.host}`: [Declarations#provide] it under the name of the
/// namespace (`env`, `vnd.dovecot.environment`...). RFC 5229 3
@FunctionalInterface
public interface Namespace {
    /// @param name what stands behind the namespace, in lower case; may have dots
    /// @return empty: there can be no such variable; the function may have reported why, else a message is made
    Optional<Variable> variable(Scope scope, Position at, String name);
}
