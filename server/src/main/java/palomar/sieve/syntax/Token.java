package palomar.sieve.syntax;

/// @param text what it says: names in lower case, strings as their value; else empty
/// @param number value of a number
record Token(Kind kind, Position at, String text, long number) {

    enum Kind {
        IDENTIFIER("identifier"),
        TAG("tag"),
        NUMBER("number"),
        STRING("string"),
        SEMICOLON("';'"),
        COMMA("','"),
        OPEN_BRACE("'{'"),
        CLOSE_BRACE("'}'"),
        OPEN_BRACKET("'['"),
        CLOSE_BRACKET("']'"),
        OPEN_PARENTHESIS("'('"),
        CLOSE_PARENTHESIS("')'"),
        COLON("':'"),
        /// Characters that no token has.
        ODD("unexpected character"),
        /// Something that was meant as a token, but is none; it was reported already.
        BAD("unexpected character"),
        END("end of script");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /// As messages call it.
    String described() {
        return switch (kind) {
            case IDENTIFIER -> "identifier '" + text + "'";
            case TAG -> "tag ':" + text + "'";
            case NUMBER -> "number " + number;
            default -> kind.words;
        };
    }
}
