package palomar.imap;

import org.jspecify.annotations.Nullable;
import palomar.imap.proto.ResponseCode;

/// The grammar was right but the command can't be meant: answered BAD with the message, which says what was
/// expected.
final class BadArgument extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ResponseCode.@Nullable Plain code;

    BadArgument(String why) {
        this(null, why);
    }

    /// @param code tells programs what was wrong
    BadArgument(ResponseCode.@Nullable Plain code, String why) {
        super(why, null, false, false);
        this.code = code;
    }

    Reply reply() {
        String why = String.valueOf(getMessage());
        return code == null ? Reply.bad(why) : Reply.bad(code, why);
    }
}
