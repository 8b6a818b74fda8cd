package palomar.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// Turns TOML tables into records; collects problems instead of stopping at the first.
///
/// A key with a problem reads as its default, so that the rest can still be checked. Used once, by one thread.
final class TableReader {
    private final String file;
    private final List<Problem> problems;
    private final Map<String, Integer> origins = new LinkedHashMap<>();
    private final Map<String, List<String>> keysByTable = new LinkedHashMap<>();

    TableReader(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    Map<String, Integer> origins() {
        return origins;
    }

    <R extends Record> R read(Class<R> root, TomlTable toml) {
        collectKeys("", root);
        return table(root, "", toml, TomlPosition.positionAt(1, 1));
    }

    <R extends Record> R defaults(Class<R> root) {
        return table(root, "", null, TomlPosition.positionAt(1, 1));
    }

    private void collectKeys(String path, Class<? extends Record> type) {
        List<Key> keys = Key.of(type);
        keysByTable.put(path, keys.stream().map(Key::name).toList());
        for (Key key : keys) {
            switch (key.shape()) {
                case Key.Shape.Table(var inner) -> collectKeys(join(path, key.name()), inner);
                case Key.Shape.Tables(var inner) -> collectKeys(join(path, key.name()), inner);
                case Key.Shape.One _, Key.Shape.Maybe _, Key.Shape.Values _, Key.Shape.Entries _ -> {}
            }
        }
    }

    private <R extends Record> R table(Class<R> type, String path, @Nullable TomlTable toml, TomlPosition at) {
        int before = problems.size();
        List<Key> keys = Key.of(type);
        if (toml != null) {
            unknownKeys(keys, path, toml);
        }
        Object[] values = new Object[keys.size()];
        for (Key key : keys) {
            values[key.index()] = value(key, path, toml, at);
        }
        R table = construct(type, values);
        if (problems.size() == before && table instanceof Checked checked) {
            checked.check(new Positions(path, toml, at));
        }
        return table;
    }

    private void unknownKeys(List<Key> keys, String path, TomlTable toml) {
        List<String> known = keys.stream().map(Key::name).toList();
        for (String found : toml.keySet()) {
            if (!known.contains(found)) {
                String where = path.isEmpty() ? "at the top" : "in [" + path + "]";
                problem(at(toml, found), "unknown key \"" + found + "\" " + where + suggestion(found, known, path));
            }
        }
    }

    private String suggestion(String found, List<String> siblings, String path) {
        for (Map.Entry<String, List<String>> other : keysByTable.entrySet()) {
            if (!other.getKey().equals(path) && other.getValue().contains(found)) {
                String owner = other.getKey().isEmpty() ? "stands at the top" : "belongs in [" + other.getKey() + "]";
                return "; \"" + found + "\" " + owner;
            }
        }
        return Nearest.to(found, siblings)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElseGet(() -> "; it knows " + String.join(", ", siblings));
    }

    private Object value(Key key, String path, @Nullable TomlTable toml, TomlPosition tableAt) {
        Object found = toml == null ? null : toml.get(List.of(key.name()));
        TomlPosition at = toml == null || found == null ? tableAt : at(toml, key.name());
        String name = join(path, key.name());
        if (found != null) {
            origins.put(name, at.line());
        } else if (key.setting().required()) {
            problem(at, "\"" + key.name() + "\" is missing in [" + path + "]");
        }
        return switch (key.shape()) {
            case Key.Shape.One(Scalar scalar) ->
                found == null
                        ? fallback(key, scalar)
                        : scalar(key, scalar, found, at).orElseGet(() -> fallback(key, scalar));
            case Key.Shape.Maybe(Scalar scalar) -> found == null ? Optional.empty() : scalar(key, scalar, found, at);
            case Key.Shape.Values(Scalar scalar) -> values(key, scalar, found, at);
            case Key.Shape.Entries(Scalar scalar) -> entries(key, scalar, found, at, name);
            case Key.Shape.Table(var type) -> table(type, name, asTable(key, found, at), at);
            case Key.Shape.Tables(var type) -> tables(type, key, name, found, at);
        };
    }

    private Optional<Object> scalar(Key key, Scalar scalar, Object found, TomlPosition at) {
        Optional<? extends Object> value = scalar.read(found);
        if (value.isEmpty()) {
            String slip = found instanceof String word && scalar.type().isEnum() ? meant(word, scalar) : "";
            problem(at, "\"" + key.name() + "\" must be " + scalar.expected() + ", found " + describe(found) + slip);
            return Optional.empty();
        }
        return value.map(v -> (Object) v).filter(v -> inRange(key, scalar, v, at));
    }

    private static String meant(String word, Scalar scalar) {
        List<String> words = Arrays.stream(scalar.type().getEnumConstants())
                .map(scalar.print())
                .toList();
        return Nearest.to(word, words)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("");
    }

    private boolean inRange(Key key, Scalar scalar, Object value, TomlPosition at) {
        boolean low = compare(scalar, value, key.setting().min()) < 0;
        boolean high = compare(scalar, value, key.setting().max()) > 0;
        if (low || high) {
            String limit = low
                    ? "at least " + key.setting().min()
                    : "at most " + key.setting().max();
            problem(
                    at,
                    "\"" + key.name() + "\" must be " + limit + ", found "
                            + scalar.print().apply(value));
        }
        return !low && !high;
    }

    @SuppressWarnings("unchecked")
    private static int compare(Scalar scalar, Object value, String limit) {
        return limit.isEmpty()
                ? 0
                : ((Comparable<Object>) value)
                        .compareTo(scalar.parse().apply(limit).orElseThrow());
    }

    private static Object fallback(Key key, Scalar scalar) {
        String text = key.setting().required() ? "missing" : key.setting().value(); // then there is a problem already
        Optional<? extends Object> value = scalar.parse().apply(text);
        return value.orElseThrow(
                () -> new IllegalStateException("the default of " + key.name() + " is no " + scalar.name()));
    }

    private List<Object> values(Key key, Scalar scalar, @Nullable Object found, TomlPosition at) {
        List<Object> values = new ArrayList<>();
        if (found == null) {
            for (String part : key.setting().value().isEmpty()
                    ? new String[0]
                    : key.setting().value().split(",")) {
                values.add(scalar.parse().apply(part.strip()).orElseThrow());
            }
        } else if (found instanceof TomlArray array) {
            for (int i = 0; i < array.size(); i++) {
                scalar(key, scalar, array.get(i), position(array, i)).ifPresent(values::add);
            }
        } else {
            problem(at, "\"" + key.name() + "\" must be a list in [ ], found " + describe(found));
        }
        return List.copyOf(values);
    }

    private Map<String, Object> entries(Key key, Scalar scalar, @Nullable Object found, TomlPosition at, String name) {
        TomlTable toml = asTable(key, found, at);
        Map<String, Object> entries = new LinkedHashMap<>();
        if (toml != null) {
            for (String entry : toml.keySet()) {
                Object value = toml.get(List.of(entry));
                TomlPosition position = at(toml, entry);
                origins.put(join(name, entry), position.line());
                if (value != null) {
                    scalar(key, scalar, value, position).ifPresent(v -> entries.put(entry, v));
                }
            }
        }
        return Map.copyOf(entries);
    }

    /// Where an element stands; the parser knows it of every element that it has.
    private static TomlPosition position(TomlArray array, int index) {
        return Objects.requireNonNull(array.inputPositionOf(index));
    }

    private List<Record> tables(
            Class<? extends Record> type, Key key, String name, @Nullable Object found, TomlPosition at) {
        List<Record> tables = new ArrayList<>();
        if (found instanceof TomlArray array) {
            for (int i = 0; i < array.size(); i++) {
                TomlPosition position = position(array, i);
                TomlTable inner = asTable(key, array.get(i), position);
                tables.add(table(type, name + "[" + i + "]", inner, position));
            }
        } else if (found != null) {
            problem(at, "\"" + key.name() + "\" is a list of tables: write [[" + name + "]], found " + describe(found));
        }
        return List.copyOf(tables);
    }

    private @Nullable TomlTable asTable(Key key, @Nullable Object found, TomlPosition at) {
        if (found == null || found instanceof TomlTable) {
            return (TomlTable) found;
        }
        problem(at, "\"" + key.name() + "\" is a table: write [" + key.name() + "], found " + describe(found));
        return null;
    }

    private static String describe(Object found) {
        return switch (found) {
            case String text -> "the string " + Scalar.quote(text);
            case Long number -> "the integer " + number;
            case Double number -> "the number " + number;
            case Boolean value -> "the boolean " + value;
            case TomlArray _ -> "a list";
            case TomlTable _ -> "a table";
            default -> "the date or time " + found; // TOML has no other types
        };
    }

    private static <R extends Record> R construct(Class<R> type, Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("the settings record " + type.getName() + " can't be made", e);
        }
    }

    private void problem(TomlPosition at, String text) {
        problems.add(new Problem(file, at.line(), at.column(), text));
    }

    private static TomlPosition at(TomlTable toml, String key) {
        TomlPosition position = toml.inputPositionOf(List.of(key));
        return position == null ? TomlPosition.positionAt(1, 1) : position;
    }

    static String join(String path, String key) {
        String name = key.chars().allMatch(c -> c == '_' || c == '-' || Character.isLetterOrDigit(c))
                ? key
                : Toml.joinKeyPath(List.of(key));
        return path.isEmpty() ? name : path + "." + name;
    }

    /// Finds where a combination stands.
    private final class Positions implements Checker {
        private final String path;
        private final @Nullable TomlTable toml;
        private final TomlPosition at;

        Positions(String path, @Nullable TomlTable toml, TomlPosition at) {
            this.path = path;
            this.toml = toml;
            this.at = at;
        }

        @Override
        public void wrong(String key, String text) {
            problem(position(toml, key, at), prefix() + text);
        }

        @Override
        public void wrong(String list, int index, String key, String text) {
            Object tables = toml == null ? null : toml.get(List.of(list));
            TomlArray array = tables instanceof TomlArray found ? found : null;
            TomlTable inner = array != null && array.get(index) instanceof TomlTable found ? found : null;
            problem(
                    position(inner, key, array == null ? at : TableReader.position(array, index)),
                    "[" + list + "[" + index + "]] " + text);
        }

        private TomlPosition position(@Nullable TomlTable table, String key, TomlPosition otherwise) {
            return table != null && table.contains(List.of(key)) ? at(table, key) : otherwise;
        }

        private String prefix() {
            return path.isEmpty() ? "" : "[" + path + "] ";
        }
    }
}
