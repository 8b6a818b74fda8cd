package palomar.sieve.ext.variables;

import palomar.sieve.Declarations;
import palomar.sieve.Modifier;

/// RFC 5229 4.1
final class Modifiers {
    private Modifiers() {}

    static void declare(Declarations declarations) {
        add(declarations, "lower", Modifier.of(40, text -> changed(text, text.length(), false)));
        add(declarations, "upper", Modifier.of(40, text -> changed(text, text.length(), true)));
        add(declarations, "lowerfirst", Modifier.of(30, text -> changed(text, Math.min(1, text.length()), false)));
        add(declarations, "upperfirst", Modifier.of(30, text -> changed(text, Math.min(1, text.length()), true)));
        add(declarations, "quotewildcard", Modifier.of(20, Modifiers::quoted));
        add(declarations, "length", Modifier.of(10, text -> Integer.toString(text.codePointCount(0, text.length()))));
    }

    private static void add(Declarations declarations, String name, Modifier modifier) {
        Modifier.declare(declarations, name, modifier);
    }

    /// With the first `end` characters in the other case where they are ASCII letters.
    private static String changed(String text, int end, boolean upper) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (upper && c >= 'a' && c <= 'z' || !upper && c >= 'A' && c <= 'Z') {
                changed.setCharAt(i, (char) (c ^ 0x20));
            }
        }
        return changed.toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*' || c == '?' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.toString();
    }
}
