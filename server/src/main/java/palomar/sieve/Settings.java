package palomar.sieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Settings of the extensions, by the names of Dovecot's (`sieve_vacation_min_period`): booleans are `yes` and
/// `no`, times and sizes have a unit, lists are divided by blanks, members of a named group are `group/NAME/key`.
/// What is not set has the extension's default. Constant during one run.
///
/// The typed questions throw [BadSetting] for a value that is no such thing.
@FunctionalInterface
public interface Settings {
    Settings NONE = name -> Optional.empty();

    Optional<String> get(String name);

    default boolean flag(String name, boolean usual) {
        return switch (get(name)
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .orElse("")) {
            case "" -> usual;
            case "yes", "true", "y", "1" -> true;
            case "no", "false", "n", "0" -> false;
            default -> throw new BadSetting(name, "yes or no", get(name).orElse(""));
        };
    }

    /// Not negative.
    default long number(String name, long usual) {
        return get(name).map(value -> scaled(name, value, "a number", "", 1)).orElse(usual);
    }

    /// A time in seconds: `90`, `10s`, `5m`, `1h`, `1d`, `1w`, or with the unit's whole name.
    default long seconds(String name, long usual) {
        return get(name)
                .map(value -> scaled(name, value, "a time", "smhdw", 1, 60, 3600, 86_400, 604_800))
                .orElse(usual);
    }

    /// A size in bytes: `100`, `10k`, `1M`, `1G`.
    default long bytes(String name, long usual) {
        return get(name)
                .map(value -> scaled(name, value, "a size", "bkmg", 1, 1 << 10, 1 << 20, 1 << 30))
                .orElse(usual);
    }

    default List<String> list(String name) {
        List<String> words = new ArrayList<>();
        for (String word : get(name)
                .orElse("")
                .strip()
                .replace(',', ' ')
                .replace('\t', ' ')
                .split(" ", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    private static long scaled(String name, String value, String kind, String units, long... scales) {
        String text = value.strip().toLowerCase(Locale.ROOT);
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        String unit = text.substring(digits).strip();
        int index = unit.isEmpty() ? -1 : units.indexOf(unit.charAt(0));
        if (digits == 0 || digits > 15 || index < 0 && !unit.isEmpty()) {
            throw new BadSetting(name, kind, value);
        }
        long scale = index < 0 ? 1 : scales[index];
        long number = Long.parseLong(text.substring(0, digits));
        return number > Long.MAX_VALUE / scale ? Long.MAX_VALUE : number * scale;
    }

    /// A value can't be what it should be; the message says which.
    final class BadSetting extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        BadSetting(String name, String kind, String value) {
            super("setting " + name + " must be " + kind + ", not '" + value + "'");
        }
    }
}
