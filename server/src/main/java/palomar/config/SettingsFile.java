package palomar.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/// Reads a configuration file into records.
public final class SettingsFile {
    private SettingsFile() {}

    /// What reading gave.
    ///
    /// @param settings absent when there are problems
    /// @param origins the line on which each key was set, by its full name (`limits.connections`,
    ///     `listener[0].port`); what is not here stands at its default
    /// @param problems in the order of the file; empty when all is well
    public record Loaded<R extends Record>(
            String file, @Nullable R settings, Map<String, Integer> origins, List<Problem> problems) {

        public boolean ok() {
            return problems.isEmpty();
        }

        /// The settings of a file without problems.
        public R orThrow() {
            if (settings == null) {
                throw new InvalidSettings(problems);
            }
            return settings;
        }
    }

    /// Reads Palomar's configuration. Never throws: an unreadable file is a problem like others.
    public static Loaded<PalomarSettings> load(Path file) {
        return load(file, PalomarSettings.class);
    }

    static <R extends Record> Loaded<R> load(Path file, Class<R> type) {
        try {
            return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8), type);
        } catch (NoSuchFileException missing) {
            return unreadable(file, "no such file");
        } catch (AccessDeniedException denied) {
            return unreadable(file, "permission denied");
        } catch (CharacterCodingException notUtf8) {
            return unreadable(file, "is not UTF-8");
        } catch (IOException other) {
            return unreadable(file, "can't be read: " + other.getMessage());
        }
    }

    private static <R extends Record> Loaded<R> unreadable(Path file, String why) {
        return new Loaded<>(file.toString(), null, Map.of(), List.of(new Problem(file.toString(), 0, 0, why)));
    }

    /// Reads text as if it stood in `file`.
    public static Loaded<PalomarSettings> parse(String file, String text) {
        return parse(file, text, PalomarSettings.class);
    }

    static <R extends Record> Loaded<R> parse(String file, String text, Class<R> type) {
        TomlParseResult toml = Toml.parse(text);
        List<Problem> problems = new ArrayList<>();
        for (TomlParseError error : toml.errors()) {
            TomlPosition at = error.position();
            problems.add(new Problem(file, at.line(), at.column(), String.valueOf(error.getMessage())));
        }
        // After a syntax error the tree is what the parser could save: what is wrong in that still is worth
        // saying.
        TableReader reader = new TableReader(file, problems);
        R settings = reader.read(type, toml);
        problems.sort(null);
        return new Loaded<>(
                file, problems.isEmpty() ? settings : null, Map.copyOf(reader.origins()), List.copyOf(problems));
    }

    /// All settings at their defaults.
    static <R extends Record> R defaults(Class<R> type) {
        // Without the TOML parser: a demo server has no file, and should not wait for a parser to be loaded.
        List<Problem> problems = new ArrayList<>();
        R settings = new TableReader("defaults", problems).defaults(type);
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        return settings;
    }
}
