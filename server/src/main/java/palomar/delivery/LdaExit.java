package palomar.delivery;

/// How `palomar deliver` ends, in the codes that MTAs understand (sysexits.h). All but [#TEMP_FAIL] and [#OK] make
/// the MTA return the message.
public enum LdaExit {
    OK(0),
    /// EX_DATAERR: the message can't be taken as it is: too big, going in circles.
    DATA_ERROR(65),
    /// EX_NOUSER
    NO_USER(67),
    /// EX_CANTCREAT: refused for good, say for a quota.
    CANT_CREATE(73),
    /// EX_TEMPFAIL: try again later.
    TEMP_FAIL(75);

    private final int code;

    LdaExit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /// By an answer of LMTP: what is temporary there is temporary here.
    public static LdaExit ofReply(int code, String enhanced) {
        if (code < 300) {
            return OK;
        }
        if (code < 500) {
            return TEMP_FAIL;
        }
        return switch (enhanced) {
            case "5.1.1", "5.1.3" -> NO_USER;
            case "5.3.4", "5.4.6", "5.6.0" -> DATA_ERROR;
            default -> CANT_CREATE;
        };
    }
}
