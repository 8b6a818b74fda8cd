package palomar.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Prints settings as the TOML that would give them, with where each comes from: `palomar config show`.
public final class SettingsPrinter {
    private static final int COMMENT_COLUMN = 44;

    private final SettingsFile.Loaded<? extends Record> loaded;
    private final boolean onlySet;
    private final StringBuilder out = new StringBuilder();

    private SettingsPrinter(SettingsFile.Loaded<? extends Record> loaded, boolean onlySet) {
        this.loaded = loaded;
        this.onlySet = onlySet;
    }

    /// The settings in force, each with a comment `file:line` or `default`.
    ///
    /// @param onlySet leaves out what stands at its default
    public static String print(SettingsFile.Loaded<? extends Record> loaded, boolean onlySet) {
        SettingsPrinter printer = new SettingsPrinter(loaded, onlySet);
        printer.table("", "", loaded.orThrow());
        return printer.out.toString().stripLeading();
    }

    /// Everything at its default.
    public static String printDefaults() {
        return print(SettingsFile.parse("defaults", ""), false);
    }

    private void table(String path, String header, Record table) {
        List<Key> keys = Key.of(table.getClass());
        int start = out.length();
        for (Key key : keys) {
            line(path, key, key.in(table));
        }
        if (out.length() > start && !header.isEmpty()) {
            out.insert(start, "\n" + header + "\n");
        }
        for (Key key : keys) {
            inner(path, key, key.in(table));
        }
    }

    private void line(String path, Key key, Object value) {
        switch (key.shape()) {
            case Key.Shape.One(Scalar scalar) -> line(path, key, scalar.literal(value));
            case Key.Shape.Maybe(Scalar scalar) ->
                ((Optional<?>) value).ifPresent(present -> line(path, key, scalar.literal(present)));
            case Key.Shape.Values(Scalar scalar) -> {
                if (!((List<?>) value).isEmpty()) {
                    String list =
                            ((List<?>) value).stream().map(scalar::literal).collect(Collectors.joining(", ", "[", "]"));
                    line(path, key, list);
                }
            }
            case Key.Shape.Entries _, Key.Shape.Table _, Key.Shape.Tables _ -> {} // after the plain keys, as TOML wants
        }
    }

    private void inner(String path, Key key, Object value) {
        String name = path.isEmpty() ? key.name() : path + "." + key.name();
        String header = name.replaceAll("\\[[0-9]+]", "");
        switch (key.shape()) {
            case Key.Shape.Table _ -> table(name, "[" + header + "]", (Record) value);
            case Key.Shape.Tables _ -> {
                List<?> tables = (List<?>) value;
                for (int i = 0; i < tables.size(); i++) {
                    table(name + "[" + i + "]", "[[" + header + "]]", (Record) tables.get(i));
                }
            }
            case Key.Shape.Entries(Scalar scalar) -> entries(name, header, scalar, (Map<?, ?>) value);
            case Key.Shape.One _, Key.Shape.Maybe _, Key.Shape.Values _ -> {}
        }
    }

    private void entries(String name, String header, Scalar scalar, Map<?, ?> entries) {
        if (entries.isEmpty()) {
            return;
        }
        out.append("\n[").append(header).append("]\n");
        new TreeMap<>(entries).forEach((entry, value) -> {
            String key = TableReader.join("", (String) entry);
            append(key, scalar.literal(value), loaded.origins().get(name + "." + key));
        });
    }

    private void line(String path, Key key, String literal) {
        String name = path.isEmpty() ? key.name() : path + "." + key.name();
        Integer line = loaded.origins().get(name);
        if (line != null || !onlySet) {
            append(key.name(), key.setting().secret() ? "\"(hidden)\"" : literal, line);
        }
    }

    private void append(String key, String literal, @Nullable Integer line) {
        int start = out.length();
        out.append(key).append(" = ").append(literal);
        out.repeat(' ', Math.max(1, COMMENT_COLUMN - (out.length() - start)));
        out.append("# ")
                .append(line == null ? "default" : loaded.file() + ":" + line)
                .append('\n');
    }
}
