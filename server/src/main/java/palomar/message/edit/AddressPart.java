package palomar.message.edit;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an address test compares. RFC 5228 2.7.4, RFC 5233 4
public enum AddressPart {
    ALL,
    LOCALPART,
    DOMAIN,
    USER,
    DETAIL;

    /// By its name without the colon, in any case.
    public static Optional<AddressPart> named(String name) {
        for (AddressPart part : values()) {
            if (part.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /// The part, or null when the address has none and matches no key.
    ///
    /// What is no valid address has only [#ALL], and that is the text as it was written. The null sender is the
    /// empty text in each part but [#DETAIL].
    ///
    /// @param separators what divides the user from the detail
    public @Nullable String of(MailAddress from, Subaddress separators) {
        if (from.address() == null) {
            return this == ALL || from.written().isEmpty() && this != DETAIL ? from.written() : null;
        }
        String local = from.address().local();
        return switch (this) {
            case ALL -> from.written();
            case LOCALPART -> local;
            case DOMAIN -> from.address().domain();
            case USER -> separators.user(local);
            case DETAIL -> separators.detail(local);
        };
    }
}
