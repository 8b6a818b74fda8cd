package palomar.sieve.ext.variables;

import palomar.sieve.syntax.Octets;

/// Values of variables.
final class Values {
    private Values() {}

    /// At most so many octets of the text, cut between two characters. RFC 5229 6
    static String cut(String text, int most) {
        if (text.length() * 3L <= most) {
            return text;
        }
        int size = 0;
        int at = 0;
        while (at < text.length()) {
            int end = text.offsetByCodePoints(at, 1);
            size += octets(text, at, end);
            if (size > most) {
                return text.substring(0, at);
            }
            at = end;
        }
        return text;
    }

    private static int octets(String text, int from, int end) {
        return text.charAt(from) < 0x80 ? 1 : Octets.encode(text.substring(from, end)).length;
    }
}
