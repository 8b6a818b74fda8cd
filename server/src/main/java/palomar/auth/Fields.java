package palomar.auth;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Fields as a chain gathers them: later databases win, unless a name says otherwise. One thread.
///
/// Names may end in `:default` or `:protected` (set only if it is not there yet) or `:remove` (take it away),
/// as in Dovecot.
final class Fields {
    static final String USERDB = "userdb_";

    private final Map<String, String> values = new LinkedHashMap<>();

    void putAll(Map<String, String> more) {
        more.forEach(this::put);
    }

    /// The step's own fields, with their variables filled in.
    void putAll(Map<String, String> templates, UserQuery query) {
        templates.forEach((name, template) -> put(name, Variables.of(template).fill(query)));
    }

    void put(String name, String value) {
        int colon = name.lastIndexOf(':');
        String suffix = colon < 0 ? "" : name.substring(colon + 1).toLowerCase(Locale.ROOT);
        switch (suffix) {
            case "default", "protected" -> values.putIfAbsent(name.substring(0, colon), value);
            case "remove" -> values.remove(name.substring(0, colon));
            default -> values.put(name, value);
        }
    }

    /// True when the field is there and does not say no.
    boolean flag(String name) {
        String value = values.get(name);
        return value != null
                && switch (value.toLowerCase(Locale.ROOT)) {
                    case "no", "n", "false", "0" -> false;
                    default -> true;
                };
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    void remove(String name) {
        values.remove(name);
    }

    Map<String, String> all() {
        return values;
    }

    /// What a passdb said for the userdb, without the prefix.
    Map<String, String> prefetched() {
        Map<String, String> userdb = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(USERDB) && name.length() > USERDB.length()) {
                userdb.put(name.substring(USERDB.length()), value);
            }
        });
        return userdb;
    }
}
