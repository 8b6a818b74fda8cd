package palomar.scripts;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The name of a user's script. RFC 5804 1.6
///
/// Kept as it was given: two names are the same only when all their characters are. Nothing is normalised, so that
/// a client finds again what it wrote, and so does another program that reads the files.
public record ScriptName(String value) implements Comparable<ScriptName> {
    /// Characters (code points) at most; RFC 5804 1.6 asks for no less.
    public static final int MAX_CHARACTERS = 128;

    public ScriptName {
        Optional<String> problem = problem(value);
        if (problem.isPresent()) {
            throw new IllegalArgumentException(problem.get());
        }
    }

    /// Empty: it can't be one; [#problem(String)] says why.
    public static Optional<ScriptName> of(String text) {
        return problem(text).isPresent() ? Optional.empty() : Optional.of(new ScriptName(text));
    }

    /// Why a text can't be the name of a script, for the client; empty: it can.
    public static Optional<String> problem(String text) {
        if (text.isEmpty()) {
            return Optional.of("a script needs a name");
        }
        if (text.codePointCount(0, text.length()) > MAX_CHARACTERS) {
            return Optional.of("the name of a script has at most " + MAX_CHARACTERS + " characters");
        }
        return text.codePoints().allMatch(ScriptName::allowed)
                ? Optional.empty()
                : Optional.of("the name of a script has no control characters, line separators and the like");
    }

    /// RFC 5804 1.6 and, for U+FEFF, noncharacters and surrogates, RFC 5198 2.
    private static boolean allowed(int c) {
        boolean control = c < 0x20 || c >= 0x7f && c <= 0x9f || c == 0x2028 || c == 0x2029;
        boolean none =
                c == 0xFEFF || c >= 0xD800 && c <= 0xDFFF || (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF;
        return !control && !none;
    }

    byte[] utf8() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /// By code points.
    @Override
    public int compareTo(ScriptName other) {
        return Arrays.compareUnsigned(utf8(), other.utf8());
    }

    @Override
    public String toString() {
        return value;
    }
}
