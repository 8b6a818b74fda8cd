package palomar.server;

import java.util.ArrayList;
import java.util.List;
import palomar.config.PalomarSettings;
import palomar.config.SettingsDifference;

/// What a reload changes, and what it can't.
final class RestartNeeds {
    private RestartNeeds() {}

    /// Lines for the operator.
    ///
    /// @param started what the house was built with: what can't change still is as it was then
    /// @param old in force until now, as far as it can be
    static List<String> lines(PalomarSettings started, PalomarSettings old, PalomarSettings next) {
        List<String> lines = new ArrayList<>();
        for (String key : SettingsDifference.between(old, next)) {
            if (!needsRestart(key)) {
                lines.add("changed: " + key);
            }
        }
        for (String key : SettingsDifference.between(started, next)) {
            if (needsRestart(key)) {
                lines.add("changed, but in force only after a restart: " + key);
            }
        }
        return lines;
    }

    private static boolean needsRestart(String key) {
        return key.startsWith("storage.") || key.equals("server.data") || key.equals("server.user");
    }
}
