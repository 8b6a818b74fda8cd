package palomar.sievetest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A dict in a text file: key and value on lines of their own, alternating. Immutable.
record FileDict(Map<String, String> values) {

    static FileDict read(Path file) throws IOException {
        List<String> lines =
                Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            values.put(lines.get(i), lines.get(i + 1));
        }
        return new FileDict(Map.copyOf(values));
    }

    /// Keys may stand in the file with the prefix of private or shared ones.
    Optional<String> get(String key) {
        for (String prefix : List.of("priv/", "", "shared/")) {
            String value = values.get(prefix + key);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
