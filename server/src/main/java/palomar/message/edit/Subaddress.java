package palomar.message.edit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the detail stands in a local part, behind a separator. RFC 5233 4. Immutable.
///
/// The first separator counts, so that a detail may have separators in it; of several at one place the longest.
///
/// @param separators texts, none of them empty
public record Subaddress(List<String> separators) {
    public static final Subaddress PLUS = new Subaddress(List.of("+"));

    public Subaddress {
        separators = separators.stream().filter(text -> !text.isEmpty()).toList();
    }

    String user(String local) {
        int at = separator(local);
        return at < 0 ? local : local.substring(0, at);
    }

    @Nullable
    String detail(String local) {
        int at = separator(local);
        return at < 0 ? null : local.substring(at + length(local, at));
    }

    private int separator(String local) {
        int first = -1;
        for (String each : separators) {
            int at = local.indexOf(each);
            first = at >= 0 && (first < 0 || at < first) ? at : first;
        }
        return first;
    }

    private int length(String local, int at) {
        int longest = 0;
        for (String each : separators) {
            longest = local.startsWith(each, at) ? Math.max(longest, each.length()) : longest;
        }
        return longest;
    }
}
