package palomar.sieve.match;

/// A way to compare texts. Immutable. RFC 4790
public interface Comparator {
    /// As in the registry.
    String wire();

    /// Whether it can find a text within another, as `:contains` and `:matches` need.
    boolean hasSubstrings();

    boolean equal(String a, String b);

    int compare(String a, String b);

    /// How characters are compared, for those that find texts within others.
    default Folding folding() {
        return Folding.NONE;
    }

    /// What is the same to a comparator.
    enum Folding {
        /// Octets, which are the characters.
        NONE,
        /// Octets, but ASCII letters in both cases are the same.
        ASCII,
        /// Characters of Unicode, titlecased and decomposed. RFC 5051
        UNICODE
    }
}
