package palomar.sieve;

import java.util.Optional;

/// Settings of the extensions, by the names of Dovecot's (`sieve_vacation_min_period`): booleans are `yes` and `no`,
/// times have a unit, members of a named group are `group/NAME/key`. What is not set has the extension's default.
/// Constant during one run.
@FunctionalInterface
public interface Settings {
    Settings NONE = name -> Optional.empty();

    Optional<String> get(String name);
}
