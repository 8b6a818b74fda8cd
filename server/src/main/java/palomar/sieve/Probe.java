package palomar.sieve;

import java.io.IOException;
import java.util.Optional;
import palomar.sieve.syntax.Call;

/// A test at its place in the script, so that faults and traces know it.
record Probe(Call call, Condition condition) implements Condition {
    @Override
    public boolean test(Run run) throws IOException {
        run.beginTest(call);
        boolean outcome = condition.test(run);
        if (run.isTraced()) {
            run.trace().test(run, call, outcome);
        }
        return outcome;
    }

    @Override
    public Optional<Boolean> known() {
        return condition.known();
    }
}
