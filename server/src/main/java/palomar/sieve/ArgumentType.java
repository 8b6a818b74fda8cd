package palomar.sieve;

/// What may stand for an argument. RFC 5228 2.4
public enum ArgumentType {
    STRING("string"),
    /// Or one string, which is a list with one member.
    STRINGS("string list"),
    NUMBER("number");

    private final String words;

    ArgumentType(String words) {
        this.words = words;
    }

    /// As messages call it.
    public String words() {
        return words;
    }
}
