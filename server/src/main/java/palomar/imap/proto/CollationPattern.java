package palomar.imap.proto;

/// What COMPARATOR asks for: a collation's name, in which `*` stands for any characters, or `default`. RFC 4790
/// 3.2 and 3.3 (collation-order), RFC 5255 4.7
///
/// @param pattern without the direction
/// @param descending `-` stood before it
public record CollationPattern(String pattern, boolean descending) {
    private static final int LONGEST = 254;

    /// @param text as the client gave it
    /// @throws IllegalArgumentException when it is no collation-order
    static CollationPattern of(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String pattern = signed ? text.substring(1) : text;
        boolean legal = !pattern.isEmpty() && pattern.length() <= LONGEST && !pattern.contains("**");
        for (int i = 0; legal && i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '*';
            legal = letter || i > 0 && (c >= '0' && c <= '9' || "-;=.".indexOf(c) >= 0);
        }
        if (!legal) {
            throw new IllegalArgumentException("no collation");
        }
        return new CollationPattern(pattern, text.startsWith("-"));
    }

    public boolean isDefault() {
        return pattern.equalsIgnoreCase("default");
    }

    /// Each `*` takes as little as it can, which is enough to find out: the last stretch must end the name.
    public boolean matches(String name) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return name.equalsIgnoreCase(pattern);
        }
        if (!startsAt(name, 0, pattern.substring(0, star))) {
            return false;
        }
        int at = star;
        for (int next = pattern.indexOf('*', star + 1); next >= 0; next = pattern.indexOf('*', star + 1)) {
            String stretch = pattern.substring(star + 1, next);
            while (at <= name.length() && !startsAt(name, at, stretch)) {
                at++;
            }
            if (at > name.length()) {
                return false;
            }
            at += stretch.length();
            star = next;
        }
        String last = pattern.substring(star + 1);
        return name.length() - last.length() >= at && startsAt(name, name.length() - last.length(), last);
    }

    private static boolean startsAt(String name, int at, String stretch) {
        return name.regionMatches(true, at, stretch, 0, stretch.length());
    }
}
