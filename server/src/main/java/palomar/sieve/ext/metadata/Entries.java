package palomar.sieve.ext.metadata;

import java.util.Locale;
import palomar.sieve.Arguments;
import palomar.sieve.Text;

/// Names of annotations. RFC 5464 4.1
final class Entries {
    private Entries() {}

    /// A name that no annotation has is no error, but the test is false for it.
    static void warn(Arguments arguments, String argument) {
        for (Text name : arguments.strings(argument).list()) {
            name.constant()
                    .filter(text -> !isValid(text))
                    .ifPresent(text -> arguments.warning("invalid annotation name '" + text + "' for the "
                            + arguments.label() + ": expected /private/... or /shared/..."));
        }
    }

    static boolean isValid(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("/private/") && !lower.startsWith("/shared/")
                || name.endsWith("/")
                || name.contains("//")) {
            return false;
        }
        return name.chars().allMatch(c -> c > 0x19 && c < 0x7f && c != '*' && c != '%');
    }
}
