package palomar.sieve;

import java.util.Optional;
import palomar.message.AddrSpec;

/// Addresses that scripts send to: `local@domain`, or that with a name before it. RFC 5228 2.4.2.3
public final class Addresses {
    private Addresses() {}

    /// Reports a constant string that is no address.
    public static void check(Arguments arguments, String argument) {
        arguments
                .string(argument)
                .constant()
                .filter(text -> parse(text).isEmpty())
                .ifPresent(text -> arguments.error(
                        argument,
                        "invalid address '" + text + "' for the " + arguments.label()
                                + ": expected local-part@domain"));
    }

    /// The bare address; faults when it is none.
    public static String value(Run run, Text text) {
        String value = text.value(run);
        return parse(value).orElseThrow(() -> run.fault("invalid address '" + value + "': expected local-part@domain"));
    }

    /// The bare address; empty when the text is none.
    public static Optional<String> parse(String text) {
        return AddrSpec.mailbox(text).map(mailbox -> mailbox.address().toString());
    }
}
