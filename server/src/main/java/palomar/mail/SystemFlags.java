package palomar.mail;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The five system flags that a message keeps, as bits. RFC 9051 2.3.2. `\Recent` is not among them: it belongs to
/// a session (RFC 3501 2.3.2).
public final class SystemFlags {
    public static final int SEEN = 1;
    public static final int ANSWERED = 2;
    public static final int FLAGGED = 4;
    public static final int DELETED = 8;
    public static final int DRAFT = 16;
    public static final int ALL = SEEN | ANSWERED | FLAGGED | DELETED | DRAFT;

    private SystemFlags() {}

    /// The bit for `\Seen` and the others, any case; 0 for an unknown flag.
    public static int bit(String flag) {
        return switch (flag.toLowerCase(Locale.ROOT)) {
            case "\\seen" -> SEEN;
            case "\\answered" -> ANSWERED;
            case "\\flagged" -> FLAGGED;
            case "\\deleted" -> DELETED;
            case "\\draft" -> DRAFT;
            default -> 0;
        };
    }

    /// The name of one bit as it is written on the wire; null for anything but exactly one known bit.
    public static @Nullable String name(int bit) {
        return switch (bit) {
            case SEEN -> "\\Seen";
            case ANSWERED -> "\\Answered";
            case FLAGGED -> "\\Flagged";
            case DELETED -> "\\Deleted";
            case DRAFT -> "\\Draft";
            default -> null;
        };
    }
}
