package palomar.smtp.client;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import palomar.smtp.proto.SmtpPath;

/// One recipient of an outgoing message. RFC 3461 4.1 and 4.2
///
/// @param address not `<>`
/// @param notifyOn empty: what is usual, failures
/// @param original `rfc822;bob@example.org`, plain; empty: the address itself
public record EnvelopeRecipient(SmtpPath address, Set<Notify> notifyOn, Optional<String> original) {
    private static final int LONGEST_ADDRESS = 320;
    private static final int LONGEST_ORIGINAL = 500;

    public EnvelopeRecipient {
        if (address.isNull() || notifyOn.contains(Notify.NEVER) && notifyOn.size() > 1) {
            throw new IllegalArgumentException("no recipient: " + address + " " + notifyOn);
        }
        refuseControls(address.address(), LONGEST_ADDRESS);
        original.ifPresent(text -> {
            refuseControls(text, LONGEST_ORIGINAL);
            if (text.indexOf(';') < 1) {
                throw new IllegalArgumentException("an original recipient without a type: " + text);
            }
        });
        notifyOn = notifyOn.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(notifyOn));
    }

    public static EnvelopeRecipient of(SmtpPath address) {
        return new EnvelopeRecipient(address, Set.of(), Optional.empty());
    }

    /// What stands in an envelope is printed into commands and files: line ends in it would be other commands.
    static void refuseControls(String text, int longest) {
        if (text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("control characters in an envelope, or too long: " + text.length());
        }
    }
}
