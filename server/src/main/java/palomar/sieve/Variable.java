package palomar.sieve;

/// A place that a `${name}` reads, found when the script is compiled. Immutable; the value is in the run.
@FunctionalInterface
public interface Variable {
    String get(Run run);

    static Variable constant(String text) {
        return run -> text;
    }
}
