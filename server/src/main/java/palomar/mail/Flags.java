package palomar.mail;

import java.util.ArrayList;
import java.util.List;

/// Flags as a client names them: bits of [SystemFlags] and keywords in the order given, without doubles (keywords
/// compare without regard to ASCII case, RFC 9051 2.3.2).
public record Flags(int system, List<String> keywords) {
    public static final Flags NONE = new Flags(0, List.of());

    public Flags {
        List<String> distinct = new ArrayList<>(keywords.size());
        for (String keyword : keywords) {
            if (distinct.stream().noneMatch(keyword::equalsIgnoreCase)) {
                distinct.add(keyword);
            }
        }
        keywords = List.copyOf(distinct);
    }

    public static Flags of(int system, String... keywords) {
        return new Flags(system, List.of(keywords));
    }

    public boolean isEmpty() {
        return system == 0 && keywords.isEmpty();
    }
}
