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
    /// EX_NOPERM: a script of the user refuses it; the MTA returns it with what we said.
    NO_PERMISSION(77),
    /// EX_TEMPFAIL: try again later.
    TEMP_FAIL(75);

    private final int code;

    LdaExit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /// By its code; what is none of ours came from elsewhere, and the message is as good as before: try again.
    public static LdaExit of(int code) {
        for (LdaExit exit : values()) {
            if (exit.code == code) {
                return exit;
            }
        }
        return TEMP_FAIL;
    }
}
