package palomar.sieve.ext.regex;

import palomar.sieve.match.BadKey;
import palomar.sieve.match.Comparator;

/// An extended regular expression of POSIX, checked and written anew for the library, which has another syntax.
/// draft-murchison-sieve-regex-07 3
///
/// Besides what the draft asks for, the shorthands that users know: `\w \W \s \S \d \D \b \B \< \>`. References to
/// groups can't be had in linear time and are refused, as is what POSIX leaves undefined.
///
/// @param text for the library
/// @param size about how many states it has when repetitions are written out
record Expression(String text, int size) {
    private static final int LONGEST_SHOWN = 60;

    /// @param folding which characters are the same
    static Expression read(String pattern, Comparator.Folding folding) throws BadKey {
        return new ExpressionReader(pattern, folding).read();
    }

    static BadKey bad(String pattern, String why) {
        String shown = pattern.length() <= LONGEST_SHOWN ? pattern : pattern.substring(0, LONGEST_SHOWN) + "...";
        return new BadKey("invalid regular expression '" + shown + "': " + why);
    }
}
