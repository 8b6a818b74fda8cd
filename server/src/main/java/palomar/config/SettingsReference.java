package palomar.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What each setting means, from the records themselves: `palomar config explain` and
/// `docs/reference/settings.md`.
public final class SettingsReference {
    private final Map<String, Class<? extends Record>> tables = new LinkedHashMap<>();
    private final Map<String, Key> keys = new LinkedHashMap<>();

    private SettingsReference() {
        collect("", PalomarSettings.class);
    }

    public static SettingsReference ofPalomar() {
        return new SettingsReference();
    }

    private void collect(String path, Class<? extends Record> type) {
        tables.put(path, type);
        for (Key key : Key.of(type)) {
            String name = path.isEmpty() ? key.name() : path + "." + key.name();
            keys.put(name, key);
            switch (key.shape()) {
                case Key.Shape.Table(var inner) -> collect(name, inner);
                case Key.Shape.Tables(var inner) -> collect(name, inner);
                case Key.Shape.One _, Key.Shape.Maybe _, Key.Shape.Values _, Key.Shape.Entries _ -> {}
            }
        }
    }

    /// All settings and tables by their full names.
    public List<String> names() {
        return List.copyOf(keys.keySet());
    }

    /// What `name` (a key or a table) means; empty: there is no such setting.
    public Optional<String> explain(String name) {
        Key key = keys.get(name);
        if (key == null) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        text.append(heading(name, key)).append("\n\n");
        wrap(key.setting().doc(), text);
        facts(key)
                .forEach((what, value) ->
                        text.append(what).append(": ").append(value).append('\n'));
        if (tables.containsKey(name)) {
            text.append("\nKeys:\n");
            Key.of(tables.get(name))
                    .forEach(k -> text.append("  ")
                            .append(name)
                            .append('.')
                            .append(k.name())
                            .append('\n'));
        }
        return Optional.of(text.toString());
    }

    /// The settings whose names are near to `name` or end in it.
    public List<String> near(String name) {
        List<String> near = new ArrayList<>();
        keys.keySet().stream().filter(k -> k.endsWith("." + name)).forEach(near::add);
        if (near.isEmpty()) {
            Nearest.to(name, keys.keySet()).ifPresent(near::add);
        }
        return near;
    }

    /// The reference page.
    public String page() {
        StringBuilder page = new StringBuilder("""
                # Settings

                Written by `palomar config reference` from the records in `palomar.config`; do not edit. The file is TOML. Durations are
                written `250ms`, `30s`, `5m`, `2h`, `7d`; sizes `512B`, `64KiB`, `50MiB`, `2GiB`, always in quotes.
                `palomar config check FILE` finds what is wrong, `palomar config show FILE` prints what is in force and
                `palomar config explain KEY` says what stands here.
                """);
        tables.forEach((path, type) -> {
            if (!path.isEmpty()) {
                Key table = Objects.requireNonNull(keys.get(path), path);
                page.append("\n## `").append(heading(path, table)).append("`\n\n");
                page.append(table.setting().doc()).append("\n");
                Key.of(type).forEach(key -> entry(key, page));
            }
        });
        return page.toString();
    }

    private static void entry(Key key, StringBuilder page) {
        if (key.shape() instanceof Key.Shape.Table || key.shape() instanceof Key.Shape.Tables) {
            return; // has a heading of its own
        }
        page.append("\n- **`").append(key.name()).append("`** ");
        List<String> facts = new ArrayList<>();
        facts(key)
                .forEach((what, value) ->
                        facts.add(what.equals("Type") ? value : what.toLowerCase(java.util.Locale.ROOT) + " " + value));
        page.append('(').append(String.join("; ", facts)).append(")\n  ");
        page.append(key.setting().doc()).append('\n');
    }

    private static String heading(String name, Key key) {
        return switch (key.shape()) {
            case Key.Shape.Table _, Key.Shape.Entries _ -> "[" + name + "]";
            case Key.Shape.Tables _ -> "[[" + name + "]]";
            case Key.Shape.One _, Key.Shape.Maybe _, Key.Shape.Values _ -> name;
        };
    }

    private static Map<String, String> facts(Key key) {
        Map<String, String> facts = new LinkedHashMap<>();
        switch (key.shape()) {
            case Key.Shape.One(Scalar scalar) -> {
                facts.put("Type", scalar.name());
                facts.put("Default", defaultOf(key, scalar));
            }
            case Key.Shape.Maybe(Scalar scalar) -> facts.put("Type", scalar.name() + ", optional");
            case Key.Shape.Values(Scalar scalar) -> facts.put("Type", "list of " + scalar.name());
            case Key.Shape.Entries(Scalar scalar) -> facts.put("Type", "table of name = " + scalar.name());
            case Key.Shape.Table _, Key.Shape.Tables _ -> {}
        }
        if (!key.setting().min().isEmpty()) {
            facts.put("At least", key.setting().min());
        }
        if (!key.setting().max().isEmpty()) {
            facts.put("At most", key.setting().max());
        }
        return facts;
    }

    private static String defaultOf(Key key, Scalar scalar) {
        String value = key.setting().value();
        if (key.setting().required()) {
            return "none, required";
        }
        return scalar.inFile() == String.class ? Scalar.quote(value) : value;
    }

    private static void wrap(String doc, StringBuilder out) {
        int column = 0;
        for (String word : doc.split(" ")) {
            if (column > 0 && column + word.length() >= 78) {
                out.append('\n');
                column = 0;
            }
            out.append(column == 0 ? "" : " ").append(word);
            column += word.length() + (column == 0 ? 0 : 1);
        }
        out.append("\n\n");
    }
}
