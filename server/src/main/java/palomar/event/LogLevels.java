package palomar.event;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import palomar.event.Event.Level;

/// Which events are logged: a level for all and others by name prefix (`imap` covers `imap.login`; the longest
/// counts).
///
/// Immutable but for a cache; safe for many threads.
public final class LogLevels {
    private static final int CACHE_LIMIT =
            2000; // names are constants of the code, so this is never reached but by a bug

    private final Level general;
    private final Map<String, Level> byPrefix;
    private final ConcurrentHashMap<String, Level> cache = new ConcurrentHashMap<>();

    public LogLevels(Level general, Map<String, Level> byPrefix) {
        this.general = general;
        this.byPrefix = Map.copyOf(byPrefix);
    }

    public static LogLevels all(Level level) {
        return new LogLevels(level, Map.of());
    }

    public boolean wants(Level level, String name) {
        return level.compareTo(byPrefix.isEmpty() ? general : levelOf(name)) >= 0;
    }

    /// A copy in which `prefix` has its own level; an empty prefix changes the level for all.
    public LogLevels with(String prefix, Level level) {
        if (prefix.isEmpty()) {
            return new LogLevels(level, byPrefix);
        }
        Map<String, Level> more = new HashMap<>(byPrefix);
        more.put(prefix, level);
        return new LogLevels(general, more);
    }

    private Level levelOf(String name) {
        Level known = cache.get(name);
        if (known == null) {
            known = longestPrefix(name);
            if (cache.size() < CACHE_LIMIT) {
                cache.put(name, known);
            }
        }
        return known;
    }

    private Level longestPrefix(String name) {
        for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
            Level level = byPrefix.get(name.substring(0, end));
            if (level != null) {
                return level;
            }
        }
        return general;
    }

    @Override
    public String toString() {
        return general + (byPrefix.isEmpty() ? "" : " " + byPrefix);
    }
}
