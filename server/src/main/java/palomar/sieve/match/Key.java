package palomar.sieve.match;

import palomar.sieve.Run;

/// A key of a test, ready to be compared with values. Immutable.
@FunctionalInterface
public interface Key {
    boolean matches(Run run, String value);
}
