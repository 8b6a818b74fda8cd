package palomar.sieve.match;

import palomar.message.CaseFold;
import palomar.sieve.syntax.Octets;

/// Those of the registry. RFC 4790 9, RFC 5051
public enum Comparators implements Comparator {
    OCTET("i;octet", true) {
        @Override
        public boolean equal(String a, String b) {
            return a.equals(b);
        }

        @Override
        public int compare(String a, String b) {
            return Octets.wide(a).compareTo(Octets.wide(b));
        }

        @Override
        public Folding folding() {
            return Folding.NONE;
        }
    },
    ASCII_CASEMAP("i;ascii-casemap", true) {
        @Override
        public boolean equal(String a, String b) {
            return a.length() == b.length() && Fold.regionMatches(a, 0, b);
        }

        @Override
        public int compare(String a, String b) {
            return Fold.upper(Octets.wide(a)).compareTo(Fold.upper(Octets.wide(b)));
        }

        @Override
        public Folding folding() {
            return Folding.ASCII;
        }
    },
    UNICODE_CASEMAP("i;unicode-casemap", true) {
        @Override
        public boolean equal(String a, String b) {
            if (Octets.isAscii(a) && Octets.isAscii(b)) {
                return ASCII_CASEMAP.equal(a, b);
            }
            return CaseFold.fold(a).equals(CaseFold.fold(b));
        }

        @Override
        public int compare(String a, String b) {
            return OCTET.compare(CaseFold.fold(a), CaseFold.fold(b));
        }

        @Override
        public Folding folding() {
            return Folding.UNICODE;
        }
    },
    /// The digits that a text begins with; a text without any is larger than all numbers. RFC 4790 9.1
    ASCII_NUMERIC("i;ascii-numeric", false) {
        @Override
        public boolean equal(String a, String b) {
            return compare(a, b) == 0;
        }

        @Override
        public int compare(String a, String b) {
            String first = digits(a);
            String second = digits(b);
            if (first.isEmpty() || second.isEmpty()) {
                return Boolean.compare(first.isEmpty(), second.isEmpty());
            }
            int byLength = Integer.compare(first.length(), second.length());
            return byLength != 0 ? byLength : first.compareTo(second);
        }

        @Override
        public Folding folding() {
            return Folding.NONE;
        }
    };

    private final String wire;
    private final boolean substrings;

    Comparators(String wire, boolean substrings) {
        this.wire = wire;
        this.substrings = substrings;
    }

    /// Without leading zeros, but for a zero itself; empty when there is none.
    private static String digits(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        int from = 0;
        while (from < end - 1 && text.charAt(from) == '0') {
            from++;
        }
        return text.substring(from, end);
    }

    @Override
    public String wire() {
        return wire;
    }

    @Override
    public boolean hasSubstrings() {
        return substrings;
    }
}
