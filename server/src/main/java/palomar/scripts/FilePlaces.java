package palomar.scripts;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Where a user's scripts are in files.
///
/// @param folder of the scripts, absolute
/// @param active the link to the active one, absolute
record FilePlaces(Path folder, Path active) {

    /// Fills in what an operator wrote: `~` in front is the user's home, `%{user}` his name. Empty: he has no
    /// home, or a name that can be no part of a path.
    static Optional<FilePlaces> of(String folder, String active, ScriptOwner owner) {
        Optional<Path> there = path(folder, owner);
        Optional<Path> link = path(active, owner);
        return there.isPresent() && link.isPresent()
                ? Optional.of(new FilePlaces(there.get(), link.get()))
                : Optional.empty();
    }

    private static Optional<Path> path(String template, ScriptOwner owner) {
        String user = owner.user();
        boolean named = template.contains("%{user}");
        boolean atHome = template.equals("~") || template.startsWith("~/");
        if (named && (user.isEmpty() || user.startsWith(".") || user.indexOf('/') >= 0 || user.indexOf(0) >= 0)
                || atHome && owner.home().isEmpty()) {
            return Optional.empty();
        }
        String text = named ? template.replace("%{user}", user) : template;
        String whole = atHome ? owner.home().orElseThrow() + text.substring(1) : text;
        try {
            return Optional.of(Path.of(whole)).filter(Path::isAbsolute).map(Path::normalize);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
