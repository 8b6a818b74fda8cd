package palomar.sieve.match;

import org.jspecify.annotations.Nullable;
import palomar.sieve.Run;
import palomar.sieve.Text;
import palomar.sieve.Texts;

/// The comparison of one test: match type, comparator and keys, made ready when the script is compiled. Immutable.
///
/// A test [#start]s it at each run, [Pass#offer]s it values until that is true, and asks for the [Pass#end].
public final class Matching {
    private final Matcher matcher;
    private final Texts keys;
    /// Null where a key has variables.
    private final @Nullable Key[] ready;

    private final boolean constant;

    private Matching(Matcher matcher, Texts keys, @Nullable Key[] ready) {
        this.matcher = matcher;
        this.keys = keys;
        this.ready = ready;
        this.constant = keys.isConstant();
    }

    /// Reports keys that are none.
    ///
    /// @param type the match type
    public static Matching of(MatchType type, MatchType.Use use) {
        Texts keys = use.call().strings(use.keys());
        Matcher matcher = type.matcher(use);
        @Nullable Key[] ready = new Key[keys.size()];
        for (int i = 0; i < ready.length; i++) {
            Text key = keys.get(i);
            if (key.isConstant()) {
                try {
                    ready[i] = matcher.key(key.constant().orElse(""));
                } catch (BadKey bad) {
                    use.call()
                            .scope()
                            .error(
                                    key.at(),
                                    bad.getMessage() + ", in the " + use.call().label());
                }
            }
        }
        return new Matching(matcher, keys, ready);
    }

    /// Values are counted, not compared: empty ones may have to be left out. RFC 5231 4.2
    public boolean counts() {
        return matcher.counts();
    }

    public Pass start(Run run) {
        return new Pass(run);
    }

    /// Whether any of the values matches, or their number.
    public boolean any(Run run, Iterable<String> values) {
        Pass pass = start(run);
        for (String value : values) {
            if (pass.offer(value)) {
                return true;
            }
        }
        return pass.end();
    }

    private Key key(Run run, int index) {
        Key known = ready[index];
        if (known != null) {
            return known;
        }
        String value = keys.get(index).value(run);
        run.charge(matcher.cost(value));
        try {
            return matcher.key(value);
        } catch (BadKey bad) {
            throw run.fault(bad.getMessage());
        }
    }

    /// One evaluation of a test.
    public final class Pass {
        private final Run run;
        /// Made when the first value comes; unused when all keys are constant.
        private @Nullable Key @Nullable [] made;

        private int count;
        private boolean found;

        private Pass(Run run) {
            this.run = run;
        }

        /// True: the test is true, and no other value matters.
        public boolean offer(String value) {
            if (matcher.counts()) {
                count++;
                return false;
            }
            found = found || compare(value);
            return found;
        }

        /// Values are counted, not compared.
        public boolean counts() {
            return matcher.counts();
        }

        /// Counts values without looking at them.
        public void count(int values) {
            count += values;
        }

        /// The outcome, once there are no more values.
        public boolean end() {
            return found || matcher.counts() && compare(Integer.toString(count));
        }

        private boolean compare(String value) {
            for (int i = 0; i < ready.length; i++) {
                run.charge(1 + value.length() / 64);
                boolean same = key(i).matches(run, value);
                if (run.isTraced()) {
                    run.trace().compared(run, value, keys.get(i).value(run), same);
                }
                if (same) {
                    return true;
                }
            }
            return false;
        }

        private Key key(int index) {
            if (constant) {
                return Matching.this.key(run, index);
            }
            @Nullable Key[] known = made;
            if (known == null) {
                known = new Key[ready.length];
                made = known;
            }
            Key key = known[index];
            if (key == null) {
                key = Matching.this.key(run, index);
                known[index] = key;
            }
            return key;
        }
    }
}
