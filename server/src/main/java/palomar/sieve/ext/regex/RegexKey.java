package palomar.sieve.ext.regex;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import palomar.sieve.Run;
import palomar.sieve.match.BadKey;
import palomar.sieve.match.Comparator;
import palomar.sieve.match.Key;

/// One expression, ready to be looked for. Immutable.
///
/// The search takes at most the expression's size times the value's length, as does the charge for it.
///
/// @param size as [Expression#size]
/// @param captures a match is remembered by the run
record RegexKey(Pattern pattern, String written, int size, boolean captures) implements Key {
    /// A state of the expression at one character is that much less than a step of a script.
    private static final int STATES_OF_STEP = 64;

    static RegexKey of(String key, Comparator.Folding folding, boolean captures) throws BadKey {
        Expression read = Expression.read(key, folding);
        try {
            Pattern pattern = Pattern.compile(read.text(), Pattern.LONGEST_MATCH | Pattern.DOTALL);
            return new RegexKey(pattern, key, read.size(), captures);
        } catch (PatternSyntaxException bad) {
            throw Expression.bad(key, bad.getDescription());
        } catch (StackOverflowError deep) {
            throw Expression.bad(key, "it is too large");
        }
    }

    @Override
    public boolean matches(Run run, String value) {
        run.charge(1 + (long) size * (value.length() + 1) / STATES_OF_STEP);
        Matcher matcher = pattern.matcher(value);
        boolean found = find(run, matcher);
        if (found && captures) {
            run.matched(captured(matcher));
        }
        return found;
    }

    /// The library goes from branch to branch on the stack. How many there may be is limited so that the stack of
    /// any of our threads is enough; should one be smaller, the script ends and not the thread.
    private boolean find(Run run, Matcher matcher) {
        try {
            return matcher.find();
        } catch (StackOverflowError deep) {
            throw run.fault(Expression.bad(written, "it is too large").getMessage());
        }
    }

    private static List<String> captured(Matcher matcher) {
        List<String> values = new ArrayList<>(matcher.groupCount() + 1);
        for (int i = 0; i <= matcher.groupCount(); i++) {
            String text = matcher.group(i);
            values.add(text == null ? "" : text);
        }
        return values;
    }
}
