package palomar.config;

import java.util.ArrayList;
import java.util.List;

/// What is different between two configurations.
public final class SettingsDifference {
    private SettingsDifference() {}

    /// The keys whose values differ, as the file would name them (`storage.sync`), in the order of the reference
    /// page; a list of tables is named as a whole.
    public static <T extends Record> List<String> between(T old, T next) {
        List<String> names = new ArrayList<>();
        compare("", old, next, names);
        return names;
    }

    private static void compare(String path, Record old, Record next, List<String> names) {
        for (Key key : Key.of(old.getClass())) {
            String name = path.isEmpty() ? key.name() : path + "." + key.name();
            Object before = key.in(old);
            Object after = key.in(next);
            if (before.equals(after)) {
                continue;
            }
            if (key.shape() instanceof Key.Shape.Table) {
                compare(name, (Record) before, (Record) after, names);
            } else {
                names.add(name);
            }
        }
    }
}
