package palomar.server;

import java.io.InputStream;
import java.io.PrintStream;

/// What a command reads from and writes to; tests give their own.
public record Terminal(InputStream in, PrintStream out, PrintStream err) {
    public static Terminal system() {
        return new Terminal(System.in, System.out, System.err);
    }
}
