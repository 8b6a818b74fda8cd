package palomar.server;

import java.util.ArrayList;
import java.util.List;
import palomar.config.PalomarSettings;

/// What a reload can't change.
final class RestartNeeds {
    private RestartNeeds() {}

    /// A line for each part whose change waits for a restart.
    static List<String> between(PalomarSettings old, PalomarSettings next) {
        List<String> lines = new ArrayList<>();
        note(old.server().data(), next.server().data(), "server.data", lines);
        note(old.server().user(), next.server().user(), "server.user", lines);
        note(old.storage(), next.storage(), "storage", lines);
        return lines;
    }

    private static void note(Object old, Object next, String what, List<String> lines) {
        if (!old.equals(next)) {
            lines.add("changed, but in force only after a restart: " + what);
        }
    }
}
