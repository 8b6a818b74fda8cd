package palomar.delivery.sieve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.sieve.Settings;

/// External lists of `extlists` as the settings name them: `sieve_extlists_list` has their keys, each
/// `sieve_extlists_list/KEY/name` the name in scripts and `.../dict/file/path` a file with lines of keys and
/// values in turn. Read anew each time. RFC 6134
final class ExternalLists {
    private static final String LISTS = "sieve_extlists_list";
    private static final long MOST = 16 << 20;

    private ExternalLists() {}

    /// Members; empty: there is no such list. A list without a file has no members.
    static Optional<List<String>> members(Settings settings, String name) {
        for (String key : settings.list(LISTS)) {
            String start = LISTS + "/" + key + "/";
            if (settings.get(start + "name").orElse(key).equals(name)) {
                return Optional.of(settings.get(start + "dict/file/path")
                        .map(ExternalLists::read)
                        .orElse(List.of()));
            }
        }
        return Optional.empty();
    }

    private static List<String> read(String file) {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MOST) {
                throw new IOException(file + " is larger than " + MOST + " bytes");
            }
            List<String> lines = Files.readAllLines(path, StandardCharsets.UTF_8);
            List<String> keys = new ArrayList<>(lines.size() / 2 + 1);
            for (int i = 0; i < lines.size(); i += 2) {
                keys.add(lines.get(i));
            }
            return keys;
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failed) {
            throw new MailException(MailError.UNAVAILABLE, "a list can't be read now", failed);
        }
    }
}
