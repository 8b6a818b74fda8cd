package palomar.sieve.ext.spamtest;

import java.util.Optional;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Spec;
import palomar.sieve.Tag;
import palomar.sieve.match.Matching;

/// `spamtest`, `spamtestplus` and `virustest`.
public final class SpamTestExtension implements Extension {
    public static final SpamTestExtension SPAM = new SpamTestExtension("spamtest", "spamtest", 10);
    public static final SpamTestExtension SPAM_PLUS = new SpamTestExtension("spamtestplus", "spamtest", 10);
    public static final SpamTestExtension VIRUS = new SpamTestExtension("virustest", "virustest", 5);

    /// So that what a double can't express exactly does not fall below its step.
    private static final double ROUNDING = 0.001;

    private static final String VALUE = "value";

    private final String capability;
    private final String test;
    private final Score score;

    private SpamTestExtension(String capability, String test, int levels) {
        this.capability = capability;
        this.test = test;
        this.score = new Score("sieve_" + test + "_", levels);
    }

    @Override
    public String name() {
        return capability;
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.test(Spec.of(test).matchTags().string(VALUE), this::compile);
        if (capability.equals("spamtestplus")) {
            declarations.tag(test, Tag.of("percent"));
        }
    }

    private Condition compile(Arguments arguments) {
        boolean percent = arguments.has(":percent");
        Matching matching = arguments.matching(VALUE);
        return run -> {
            Optional<Double> ratio = score.of(run);
            Matching.Pass pass = matching.start(run);
            if (pass.counts()) {
                // Nothing is known: there is no value. RFC 5235 2
                pass.count(ratio.isPresent() ? 1 : 0);
                return pass.end();
            }
            String value =
                    Integer.toString(ratio.map(known -> value(known, percent)).orElse(0));
            if (run.isTraced()) {
                run.trace().note(run, test + " value is " + value);
            }
            return pass.offer(value) || pass.end();
        };
    }

    private int value(double ratio, boolean percent) {
        return percent ? (int) (ratio * 100 + ROUNDING) : (int) (ratio * (score.levels() - 1) + 1 + ROUNDING);
    }
}
