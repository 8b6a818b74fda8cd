package palomar.sieve;

import palomar.sieve.syntax.Octets;

/// Names of mailboxes in scripts. RFC 5228 4.1
public final class MailboxNames {
    private static final int MOST = 4096;

    private MailboxNames() {}

    /// Reports a constant name, or one in a constant list, that no mailbox can have. An empty one is a fault only
    /// where it is used, as old scripts have it in branches that are never taken.
    public static void check(Arguments arguments, String argument) {
        for (Text text : arguments.strings(argument).list()) {
            text.constant()
                    .filter(name -> !name.isEmpty() && !isValid(name))
                    .ifPresent(name -> arguments
                            .scope()
                            .error(
                                    text.at(),
                                    "invalid folder name '" + shown(name) + "' for the " + arguments.label()
                                            + ": it must be UTF-8 without control characters"));
        }
    }

    /// The name; faults when no mailbox can have it.
    public static String value(Run run, Text text) {
        String name = text.value(run);
        if (!isValid(name)) {
            throw run.fault("invalid folder name '" + shown(name) + "'");
        }
        return name;
    }

    /// UTF-8 without control characters.
    public static boolean isValid(String name) {
        return !name.isEmpty()
                && name.length() <= MOST
                && !Octets.isOdd(name)
                && name.chars().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }

    private static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), 80); i++) {
            char c = name.charAt(i);
            shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return shown.toString();
    }
}
