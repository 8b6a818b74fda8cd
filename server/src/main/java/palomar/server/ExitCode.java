package palomar.server;

import palomar.mail.MailError;

/// How the program ends, as in sysexits.h: MTAs and scripts know these numbers.
public enum ExitCode {
    OK(0),
    /// A check found something that should be mended; the server works.
    FINDINGS(1),
    USAGE(64),
    DATA(65),
    NO_INPUT(66),
    NO_USER(67),
    UNAVAILABLE(69),
    SOFTWARE(70),
    CANT_CREATE(73),
    IO_ERROR(74),
    TEMP_FAIL(75),
    NO_PERMISSION(77),
    CONFIG(78);

    private final int number;

    /// How a command ends that the store or a delivery refused.
    public static ExitCode of(MailError refusal) {
        return switch (refusal) {
            case NOT_FOUND -> NO_USER;
            case NO_PERMISSION -> NO_PERMISSION;
            case CORRUPTION -> DATA;
            case IN_USE, UNAVAILABLE, DISK_FULL -> TEMP_FAIL;
            case ALREADY_EXISTS, OVER_QUOTA, LIMIT, EXPUNGED, CANNOT, UNKNOWN_CTE, BAD_CHARSET -> UNAVAILABLE;
        };
    }

    ExitCode(int number) {
        this.number = number;
    }

    /// By its number; what is not one of ours is a fault.
    public static ExitCode of(int number) {
        for (ExitCode code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        return SOFTWARE;
    }

    public int number() {
        return number;
    }
}
