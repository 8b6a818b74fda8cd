package palomar.mail;

import java.util.Locale;
import java.util.Optional;

/// What a mailbox is for. RFC 6154 2, RFC 8457 for `\Important`, RFC 9979 for the last three.
public enum SpecialUse {
    ALL("\\All"),
    ARCHIVE("\\Archive"),
    DRAFTS("\\Drafts"),
    FLAGGED("\\Flagged"),
    IMPORTANT("\\Important"),
    JUNK("\\Junk"),
    SENT("\\Sent"),
    TRASH("\\Trash"),
    MEMOS("\\Memos"),
    SCHEDULED("\\Scheduled"),
    SNOOZED("\\Snoozed");

    private final String attribute;

    SpecialUse(String attribute) {
        this.attribute = attribute;
    }

    /// As written in LIST responses.
    public String attribute() {
        return attribute;
    }

    public static Optional<SpecialUse> parse(String attribute) {
        String wanted = attribute.toLowerCase(Locale.ROOT);
        for (SpecialUse use : values()) {
            if (use.attribute.toLowerCase(Locale.ROOT).equals(wanted)) {
                return Optional.of(use);
            }
        }
        return Optional.empty();
    }
}
