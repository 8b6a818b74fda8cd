package palomar.config;

/// Whole numbers without a sign, as they stand before a unit.
final class Digits {
    private Digits() {}

    /// The value of 1 to 18 ASCII digits; -1 when `text` is anything else.
    static long parse(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
