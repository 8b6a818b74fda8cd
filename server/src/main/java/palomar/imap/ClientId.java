package palomar.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import palomar.imap.proto.IdField;

/// What of a client's ID goes to the log. Strangers may send it too, so it is bounded. RFC 2971 3.3, 5
final class ClientId {
    private static final int LONGEST_VALUE = 100;

    private ClientId() {}

    /// Names and values in turn, as an event takes them; empty when nothing is of interest. A name that could pass
    /// for another word of the log is left out.
    static Object[] logged(List<IdField> fields, Set<String> wanted) {
        List<Object> facts = new ArrayList<>();
        for (IdField field : fields) {
            String name = field.name().toLowerCase(Locale.ROOT);
            boolean asked = wanted.contains(name) || wanted.contains("*");
            if (asked && isWord(name) && field.value().isPresent()) {
                String value = field.value().get();
                facts.add("client-" + name);
                facts.add(value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "..." : value);
            }
        }
        return facts.toArray();
    }

    private static boolean isWord(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c == '-');
    }
}
