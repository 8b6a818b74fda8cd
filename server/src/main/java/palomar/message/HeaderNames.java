package palomar.message;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The names in HEADER.FIELDS or HEADER.FIELDS.NOT, prepared once for a whole FETCH. Immutable.
public final class HeaderNames {
    private final Set<String> lowerCase;
    private final boolean not;

    public HeaderNames(List<String> names, boolean not) {
        Set<String> lower = new LinkedHashSet<>();
        for (String name : names) {
            lower.add(name.toLowerCase(Locale.ROOT));
        }
        this.lowerCase = Set.copyOf(lower);
        this.not = not;
    }

    /// Names in lower case.
    public Set<String> names() {
        return lowerCase;
    }

    /// True for HEADER.FIELDS.NOT.
    public boolean not() {
        return not;
    }

    /// Does a field with this name (lower case) belong to the answer?
    public boolean wants(String name) {
        return lowerCase.contains(name) != not;
    }
}
