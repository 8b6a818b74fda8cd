package palomar.auth;

import java.util.Locale;
import java.util.Optional;

/// What a user name may look like, and the one spelling under which his mail is kept.
///
/// @param lowercase fold upper case before anything else
/// @param allowed the characters a name may have; empty: all but control characters, space, `/` and `\`
/// @param defaultRealm appended, after `@`, to names without a domain; empty: nothing is
public record UserNames(boolean lowercase, String allowed, String defaultRealm) {
    /// Dovecot's.
    public static final String ALLOWED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01234567890.-_@";

    public static final UserNames DEFAULT = new UserNames(true, ALLOWED, "");

    private static final int LONGEST = 255;

    /// The spelling that databases are asked for; empty when it can't be a name.
    public Optional<String> normalise(String given) {
        if (given.isEmpty() || given.length() > LONGEST) {
            return Optional.empty();
        }
        String name = lowercase ? given.toLowerCase(Locale.ROOT) : given;
        if (!defaultRealm.isEmpty() && name.indexOf('@') < 0) {
            name = name + "@" + defaultRealm;
        }
        if (!allowed.isEmpty() && !(allowedIn(name) && foldsHonestly(given))) {
            return Optional.empty();
        }
        return harmless(name) ? Optional.of(name) : Optional.empty();
    }

    private boolean allowedIn(String name) {
        return name.chars().allMatch(c -> allowed.indexOf(c) >= 0);
    }

    /// The Kelvin sign folds to an ASCII k: a letter that is not allowed may not become one that is.
    private boolean foldsHonestly(String given) {
        return given.chars().allMatch(c -> c < 0x80 || Character.toLowerCase(c) >= 0x80);
    }

    /// True when the name can be part of a path and of a line, whatever the settings say.
    static boolean harmless(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return false;
        }
        boolean plain = name.chars().noneMatch(c -> c <= ' ' || c == 0x7f || c == '/' || c == '\\');
        int at = name.lastIndexOf('@');
        return plain
                && !dots(name)
                && (at < 0 || (at > 0 && !dots(name.substring(0, at)) && !dots(name.substring(at + 1))));
    }

    private static boolean dots(String part) {
        return part.equals(".") || part.equals("..");
    }
}
