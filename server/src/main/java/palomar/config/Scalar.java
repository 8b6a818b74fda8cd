package palomar.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How values of one Java type stand in the file.
///
/// @param type boxed
/// @param inFile how TOML types it: String, Long or Boolean
/// @param expected for error messages: `a duration like "30s"`
/// @param name for the reference page: `duration`
/// @param parse the value from its plain text; empty when it is none
/// @param print the plain text of a value
record Scalar(
        Class<?> type,
        Class<?> inFile,
        String name,
        String expected,
        Function<String, Optional<? extends Object>> parse,
        Function<Object, String> print) {

    static Scalar of(Class<?> type) {
        if (type.isEnum()) {
            return ofEnum(type);
        }
        return switch (type.getSimpleName()) {
            case "boolean" ->
                new Scalar(Boolean.class, Boolean.class, "boolean", "true or false", Scalar::bool, Object::toString);
            case "int", "Integer" ->
                new Scalar(Integer.class, Long.class, "integer", "an integer", Scalar::integer, Object::toString);
            case "long" ->
                new Scalar(Long.class, Long.class, "integer", "an integer", Scalar::longInteger, Object::toString);
            case "String" ->
                new Scalar(String.class, String.class, "string", "a string", Optional::of, Object::toString);
            case "Path" ->
                new Scalar(Path.class, String.class, "path", "a path in quotes", Scalar::path, Object::toString);
            case "Duration" ->
                new Scalar(
                        Duration.class,
                        String.class,
                        "duration",
                        "a duration like \"30s\", \"5m\" or \"2h\"",
                        Durations::parse,
                        d -> Durations.print((Duration) d));
            case "ByteSize" ->
                new Scalar(
                        ByteSize.class,
                        String.class,
                        "size",
                        "a size like \"64KiB\" or \"50MiB\"",
                        ByteSize::parse,
                        Object::toString);
            case "FileMode" ->
                new Scalar(
                        FileMode.class,
                        String.class,
                        "file mode",
                        "file permissions like \"0660\"",
                        FileMode::parse,
                        Object::toString);
            case "Subnet" ->
                new Scalar(
                        Subnet.class,
                        String.class,
                        "network",
                        "a network like \"10.0.0.0/8\" or an address",
                        Subnet::parse,
                        Object::toString);
            default -> throw new IllegalArgumentException("no setting can have the type " + type.getName());
        };
    }

    static boolean covers(Class<?> type) {
        return type.isEnum()
                || switch (type.getSimpleName()) {
                    case "boolean",
                            "int",
                            "Integer",
                            "long",
                            "String",
                            "Path",
                            "Duration",
                            "ByteSize",
                            "FileMode",
                            "Subnet" -> true;
                    default -> false;
                };
    }

    /// The value from what the TOML parser found; empty when that is something else.
    Optional<? extends Object> read(Object found) {
        return inFile.isInstance(found) ? parse.apply(found.toString()) : Optional.empty();
    }

    /// The value as the file would have it, quotes and escapes included.
    String literal(Object value) {
        String text = print.apply(value);
        return inFile == String.class ? quote(text) : text;
    }

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        quoted.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    private static Scalar ofEnum(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        String words =
                Arrays.stream(constants).map(Scalar::word).map(Scalar::quote).collect(Collectors.joining(", "));
        return new Scalar(
                type,
                String.class,
                "one of " + words,
                "one of " + words,
                text -> Arrays.stream(constants)
                        .filter(c -> word(c).equals(text))
                        .findFirst(),
                Scalar::word);
    }

    private static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<Boolean> bool(String text) {
        return switch (text) {
            case "true" -> Optional.of(Boolean.TRUE);
            case "false" -> Optional.of(Boolean.FALSE);
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> integer(String text) {
        return longInteger(text).filter(n -> n == (int) (long) n).map(Long::intValue);
    }

    private static Optional<Long> longInteger(String text) {
        boolean negative = text.startsWith("-");
        long value = Digits.parse(negative ? text.substring(1) : text);
        return value < 0 ? Optional.empty() : Optional.of(negative ? -value : value);
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }
}
