package palomar.imap.proto;

/// What a single byte may be in the grammar. RFC 9051 9
final class Bytes {
    private static final int ATOM = 1;
    private static final int ASTRING = 2;
    private static final int LIST = 4;
    private static final int TAG = 8;
    private static final byte[] CLASSES = classes();

    private Bytes() {}

    /// ATOM-CHAR: printable ASCII without `(){ %*"\]`.
    static boolean isAtomByte(int b) {
        return b >= 0 && b < 128 && (CLASSES[b] & ATOM) != 0;
    }

    /// ASTRING-CHAR: ATOM-CHAR or `]`.
    static boolean isAstringByte(int b) {
        return b >= 0 && b < 128 && (CLASSES[b] & ASTRING) != 0;
    }

    /// list-char: ASTRING-CHAR or a wildcard.
    static boolean isListByte(int b) {
        return b >= 0 && b < 128 && (CLASSES[b] & LIST) != 0;
    }

    /// ASTRING-CHAR except `+`.
    static boolean isTagByte(int b) {
        return b >= 0 && b < 128 && (CLASSES[b] & TAG) != 0;
    }

    static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    static int upper(int b) {
        return b >= 'a' && b <= 'z' ? b - 0x20 : b;
    }

    private static byte[] classes() {
        byte[] classes = new byte[128];
        for (int b = 0x21; b < 0x7f; b++) {
            int set = switch (b) {
                case '(', ')', '{', '"', '\\' -> 0;
                case '%', '*' -> LIST;
                case ']' -> ASTRING | LIST | TAG;
                case '+' -> ATOM | ASTRING | LIST;
                default -> ATOM | ASTRING | LIST | TAG;
            };
            classes[b] = (byte) set;
        }
        return classes;
    }
}
