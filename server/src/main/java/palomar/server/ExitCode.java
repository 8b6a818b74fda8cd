package palomar.server;

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

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
