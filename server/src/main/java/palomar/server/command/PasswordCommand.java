package palomar.server.command;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import palomar.password.Passwords;
import palomar.server.ExitCode;
import palomar.server.Refused;
import palomar.server.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "password", header = "Hashes passwords for databases that Palomar does not edit.")
final class PasswordCommand extends Helped implements Callable<Integer> {
    private final Terminal terminal;

    PasswordCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        spec().commandLine().usage(terminal.err());
        return ExitCode.USAGE.number();
    }

    @Command(
            name = "hash",
            header = "Prints a password as a database stores it.",
            description = "Asks for it twice without showing it, or reads a line with --stdin.")
    int hash(
            @Option(
                            names = "--scheme",
                            paramLabel = "SCHEME",
                            defaultValue = "ARGON2ID",
                            description =
                                    "How it is stored. Default: ARGON2ID. SCRAM-SHA-256 and SCRAM-SHA-1 serve SCRAM.")
                    String scheme,
            @Option(names = "--stdin", description = "Reads the password from a line of standard input.") boolean stdin,
            @Mixin HelpOption help)
            throws IOException {
        try (Passwords passwords = NewPasswords.hasher(scheme)) {
            byte[] password = NewPasswords.ask(terminal, stdin, true);
            try {
                terminal.out().println(passwords.hash(password));
                return ExitCode.OK.number();
            } catch (IllegalArgumentException unfit) {
                throw new Refused(ExitCode.DATA, String.valueOf(unfit.getMessage()), unfit);
            } finally {
                Arrays.fill(password, (byte) 0);
            }
        }
    }
}
