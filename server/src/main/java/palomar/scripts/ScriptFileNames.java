package palomar.scripts;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Names of scripts as names of files, as Pigeonhole has them: `NAME.sieve`.
///
/// What a file name can't have or would be hidden by is written otherwise: `/` as `%2F`, a dot in front as `%2E`.
/// So that each file has one name, `%` is `%25` where one of the three would stand otherwise.
final class ScriptFileNames {
    static final String SUFFIX = ".sieve";

    /// Of most file systems.
    static final int MAX_BYTES = 255;

    private ScriptFileNames() {}

    /// The name of the file; it has no slash and does not begin with a dot. Empty: it would be too long.
    static Optional<String> of(ScriptName name) {
        String text = name.value();
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/') {
                file.append("%2F");
            } else if (c == '.' && i == 0) {
                file.append("%2E");
            } else if (c == '%' && isEscape(text, i, i == 0)) {
                file.append("%25");
            } else {
                file.append(c);
            }
        }
        file.append(SUFFIX);
        int bytes = file.toString().getBytes(StandardCharsets.UTF_8).length;
        return bytes <= MAX_BYTES ? Optional.of(file.toString()) : Optional.empty();
    }

    /// The script that a file is; empty: it is none, or none that a client can name.
    static Optional<ScriptName> parse(String file) {
        if (!file.endsWith(SUFFIX) || file.startsWith(".")) {
            return Optional.empty();
        }
        String text = file.substring(0, file.length() - SUFFIX.length());
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (isEscape(text, i, i == 0)) {
                name.append(
                        switch (text.charAt(i + 2)) {
                            case 'F' -> '/';
                            case 'E' -> '.';
                            default -> '%';
                        });
                i += 2;
            } else {
                name.append(text.charAt(i));
            }
        }
        return ScriptName.of(name.toString()).filter(found -> of(found).equals(Optional.of(file)));
    }

    /// @param dot whether `%2E` is one here
    private static boolean isEscape(String text, int at, boolean dot) {
        return text.startsWith("%2F", at) || text.startsWith("%25", at) || dot && text.startsWith("%2E", at);
    }
}
