package palomar.sieve.match;

/// ASCII letters of both cases as one.
final class Fold {
    private Fold() {}

    static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
    }

    static boolean same(char a, char b) {
        return a == b || upper(a) == upper(b);
    }

    static String upper(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) == upper(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder folded = new StringBuilder(text);
        for (int i = at; i < folded.length(); i++) {
            folded.setCharAt(i, upper(folded.charAt(i)));
        }
        return folded.toString();
    }

    static boolean regionMatches(String text, int from, String part) {
        for (int i = 0; i < part.length(); i++) {
            if (!same(text.charAt(from + i), part.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Where `part` stands first in the text, in any case; -1 when nowhere.
    static int indexOf(String text, String part) {
        int last = text.length() - part.length();
        if (part.isEmpty()) {
            return 0;
        }
        char first = upper(part.charAt(0));
        for (int i = 0; i <= last; i++) {
            if (upper(text.charAt(i)) == first && regionMatches(text, i, part)) {
                return i;
            }
        }
        return -1;
    }
}
