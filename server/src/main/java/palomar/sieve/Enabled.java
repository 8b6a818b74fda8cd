package palomar.sieve;

import java.util.HashSet;
import java.util.Set;

/// Extensions that a true `ihave` has enabled so far in a run. RFC 5463 4
public final class Enabled {
    private final Set<String> names = new HashSet<>();

    public static Enabled of(Run run) {
        return run.state(Enabled.class, Enabled::new);
    }

    public void add(Iterable<String> extensions) {
        extensions.forEach(names::add);
    }

    /// Faults unless all of them were.
    static void check(Run run, Set<String> extensions) {
        for (String name : extensions) {
            if (!of(run).names.contains(name)) {
                throw run.fault("the '" + name + "' extension is used, but no ihave test has enabled it");
            }
        }
    }
}
