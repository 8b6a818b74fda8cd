package palomar.server.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.Callable;
import palomar.server.ExitCode;
import palomar.server.LoginTrial;
import palomar.server.Plan;
import palomar.server.Refused;
import palomar.server.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "auth", header = "Tries logins.")
final class AuthCommand extends Helped implements Callable<Integer> {
    private final Terminal terminal;

    AuthCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        spec().commandLine().usage(terminal.err());
        return ExitCode.USAGE.number();
    }

    @Command(
            name = "test",
            header = "Tries a user's password with the databases of the configuration.",
            description = "Needs no server and counts for no penalty of one. Prints the user's fields, or why he can't"
                    + " enter. Ends with 0, 77 (denied) or 75 (a database is away).")
    int test(
            @Parameters(paramLabel = "USER", description = "As he would type it.") String user,
            @Option(
                            names = "--service",
                            paramLabel = "NAME",
                            defaultValue = "imap",
                            description = "imap, pop3, sieve or submission. Default: imap.")
                    String service,
            @Option(
                            names = "--from",
                            paramLabel = "ADDRESS",
                            defaultValue = "127.0.0.1",
                            description = "Where the client is, for allow_nets. Default: 127.0.0.1.")
                    String from,
            @Option(names = "--stdin", description = "Reads the password from a line of standard input.") boolean stdin,
            @Mixin ConfigOption config,
            @Mixin HelpOption help)
            throws IOException {
        InetSocketAddress client = address(from);
        Path file = config.path();
        Plan plan = Plan.configured(config.load(), file);
        byte[] password = NewPasswords.ask(terminal, stdin, false);
        try {
            return LoginTrial.run(plan, Clock.systemUTC(), service, client, user, password, terminal.out()::println)
                    .number();
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    /// Asks no name server.
    private static InetSocketAddress address(String text) {
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(text), 1024);
        } catch (IllegalArgumentException unfit) {
            throw new Refused(ExitCode.USAGE, text + " is no address", unfit);
        }
    }
}
