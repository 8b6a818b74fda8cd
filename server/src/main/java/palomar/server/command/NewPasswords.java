package palomar.server.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import palomar.password.HashSettings;
import palomar.password.PasswordSettings;
import palomar.password.Passwords;
import palomar.server.ExitCode;
import palomar.server.Refused;
import palomar.server.Terminal;

/// Asks for passwords, and makes what hashes them.
final class NewPasswords {
    private NewPasswords() {}

    /// The octets of a password, from a line of standard input or asked on the terminal without showing it. The
    /// caller wipes them.
    ///
    /// @param again asks twice: it is a new one
    static byte[] ask(Terminal terminal, boolean stdin, boolean again) throws IOException {
        return stdin ? fromLine(terminal) : fromConsole(again);
    }

    /// Throws [Refused] when there is no such scheme.
    static Passwords hasher(String scheme) {
        try {
            HashSettings hashes = HashSettings.DEFAULT.withScheme(scheme);
            return new Passwords(PasswordSettings.defaults().withHashes(hashes), new SecureRandom());
        } catch (IllegalArgumentException unknown) {
            throw new Refused(ExitCode.USAGE, String.valueOf(unknown.getMessage()), unknown);
        }
    }

    private static byte[] fromLine(Terminal terminal) throws IOException {
        String line = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
        if (line == null || line.isEmpty()) {
            throw new Refused(ExitCode.DATA, "no password on standard input");
        }
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] fromConsole(boolean again) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new Refused(
                    ExitCode.USAGE, "no terminal to ask for a password: give it on standard input with --stdin");
        }
        char[] first = console.readPassword("Password: ");
        char[] second = again ? console.readPassword("Again: ") : first;
        if (first == null || first.length == 0) {
            throw new Refused(ExitCode.DATA, "an empty password is none");
        }
        if (!Arrays.equals(first, second)) {
            throw new Refused(ExitCode.DATA, "the two are not the same; nothing was changed");
        }
        byte[] password = new String(first).getBytes(StandardCharsets.UTF_8);
        Arrays.fill(first, ' ');
        Arrays.fill(second, ' ');
        return password;
    }
}
