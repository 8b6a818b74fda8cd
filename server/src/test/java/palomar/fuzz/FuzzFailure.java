package palomar.fuzz;

import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// An input that a target can't take, outside of Jazzer: whether it still fails, and a smaller one that fails
/// alike.
final class FuzzFailure {
    private final MethodHandle target;

    FuzzFailure(Class<?> target) throws ReflectiveOperationException {
        this.target = FuzzEntry.target(target);
    }

    /// What `input` makes the target throw.
    Optional<Throwable> of(byte[] input) {
        try {
            target.invokeExact(input.clone());
            return Optional.empty();
        } catch (Throwable failure) { // whatever it is, it is the result
            return Optional.of(failure);
        }
    }

    /// Cuts away what is not needed for a failure of the same class; `input` itself when it doesn't fail.
    byte[] smaller(byte[] input) {
        Optional<Throwable> failure = of(input);
        if (failure.isEmpty()) {
            return input;
        }
        byte[] best = input;
        for (int chunk = Math.max(1, best.length / 2); chunk > 0; chunk /= 2) {
            for (int at = 0; at < best.length; ) {
                byte[] candidate = FuzzMutator.without(best, at, Math.min(best.length, at + chunk));
                if (of(candidate)
                        .filter(t -> t.getClass() == failure.get().getClass())
                        .isPresent()) {
                    best = candidate;
                } else {
                    at += chunk;
                }
            }
        }
        return best;
    }
}
