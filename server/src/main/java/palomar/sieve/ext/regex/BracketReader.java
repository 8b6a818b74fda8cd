package palomar.sieve.ext.regex;

import java.util.Map;
import palomar.sieve.match.BadKey;
import palomar.sieve.match.Comparator;

/// Reads a bracket expression as `[^a-z[:digit:]]`. One use. draft-murchison-sieve-regex-07 3
final class BracketReader {
    /// Of ASCII, as in the locale of POSIX.
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("alnum", "0-9A-Za-z"),
            Map.entry("alpha", "A-Za-z"),
            Map.entry("blank", "\\x{20}\\x{09}"),
            Map.entry("cntrl", "\\x{00}-\\x{1f}\\x{7f}"),
            Map.entry("digit", "0-9"),
            Map.entry("graph", "\\x{21}-\\x{7e}"),
            Map.entry("lower", "a-z"),
            Map.entry("print", "\\x{20}-\\x{7e}"),
            Map.entry("punct", "\\x{21}-\\x{2f}\\x{3a}-\\x{40}\\x{5b}-\\x{60}\\x{7b}-\\x{7e}"),
            Map.entry("space", "\\x{20}\\x{09}-\\x{0d}"),
            Map.entry("upper", "A-Z"),
            Map.entry("xdigit", "0-9A-Fa-f"));

    /// The library folds character by character, which takes too long for large ranges: in those only ASCII is
    /// folded.
    private static final int MOST_FOLDED = 1024;

    private final String pattern;
    private final boolean fold;
    private final boolean unicode;
    private final StringBuilder text = new StringBuilder("[");
    private int at;
    /// Characters in ranges.
    private int width;

    /// @param start of the bracket
    BracketReader(String pattern, int start, Comparator.Folding folding) {
        this.pattern = pattern;
        this.fold = folding != Comparator.Folding.NONE;
        this.unicode = folding == Comparator.Folding.UNICODE;
        this.at = start + 1;
    }

    /// Behind the bracket.
    int end() {
        return at;
    }

    String read() throws BadKey {
        if (at < pattern.length() && pattern.charAt(at) == '^') {
            text.append('^');
            at++;
        }
        boolean first = true;
        while (first || current() != ']') {
            item();
            first = false;
        }
        at++;
        text.append(']');
        return unicode && width <= MOST_FOLDED ? "(?i:" + text + ")" : text.toString();
    }

    private int current() throws BadKey {
        if (at >= pattern.length()) {
            throw Expression.bad(pattern, "unmatched '['");
        }
        return pattern.codePointAt(at);
    }

    private void item() throws BadKey {
        if (current() == '[' && pattern.startsWith("[:", at)) {
            String name = named(':');
            String members = CLASSES.get(name);
            if (members == null) {
                throw Expression.bad(pattern, "unknown character class '[:" + name + ":]'");
            }
            boolean bothCases = fold && (name.equals("lower") || name.equals("upper"));
            text.append(bothCases ? "A-Za-z" : members);
            return;
        }
        int low = character();
        boolean range = current() == '-' && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
        if (!range) {
            add(low, low);
            return;
        }
        at++;
        int high = character();
        if (high < low) {
            throw Expression.bad(pattern, "a range ends before it begins");
        }
        add(low, high);
    }

    private int character() throws BadKey {
        int character = current();
        if (character == '[' && (pattern.startsWith("[.", at) || pattern.startsWith("[=", at))) {
            String name = named(pattern.charAt(at + 1));
            if (name.isEmpty() || name.codePointCount(0, name.length()) != 1) {
                throw Expression.bad(pattern, "unknown collating element '" + name + "'");
            }
            return name.codePointAt(0);
        }
        at += Character.charCount(character);
        return character;
    }

    /// What stands between `[:` and `:]`, or the same with another mark.
    private String named(char mark) throws BadKey {
        int end = pattern.indexOf(mark + "]", at + 2);
        if (end < 0) {
            throw Expression.bad(pattern, "unmatched '[" + mark + "'");
        }
        String name = pattern.substring(at + 2, end);
        at = end + 2;
        return name;
    }

    private void add(int low, int high) {
        range(low, high);
        width = Math.min(MOST_FOLDED + 1, width + high - low);
        if (fold) {
            folded(low, high, 'A', 'Z');
            folded(low, high, 'a', 'z');
        }
    }

    /// The other case of the letters in a range.
    private void folded(int low, int high, int first, int last) {
        int from = Math.max(low, first);
        int to = Math.min(high, last);
        if (from <= to) {
            range(from ^ 0x20, to ^ 0x20);
        }
    }

    private void range(int low, int high) {
        text.append(escape(low));
        if (high > low) {
            text.append('-').append(escape(high));
        }
    }

    static boolean isLetter(int character) {
        return character >= 'A' && character <= 'Z' || character >= 'a' && character <= 'z';
    }

    /// One character for the library, in or out of brackets.
    static String escape(int character) {
        if (isLetter(character) || character >= '0' && character <= '9') {
            return Character.toString(character);
        }
        return "\\x{" + Integer.toHexString(character) + "}";
    }
}
