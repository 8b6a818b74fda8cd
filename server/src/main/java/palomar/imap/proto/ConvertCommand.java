package palomar.imap.proto;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// CONVERT and UID CONVERT. RFC 5259 6
///
/// @param target the wanted media type in lower case; empty for the default conversion
/// @param parameters by name in lower case, in the client's order
/// @param items each once: UID first, then BODYPARTSTRUCTURE, then the others in the client's order
public record ConvertCommand(
        Tag tag, NumberSet targets, Optional<String> target, Map<String, String> parameters, List<ConvertItem> items)
        implements Command.InSelected {
    public ConvertCommand {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        items = List.copyOf(items);
    }

    /// How many different parts it is about.
    public int parts() {
        Set<List<Integer>> paths = new HashSet<>();
        for (ConvertItem item : items) {
            if (item instanceof ConvertItem.OfPart part) {
                paths.add(part.section().numbers());
            }
        }
        return paths.size();
    }
}
