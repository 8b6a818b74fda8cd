package palomar.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import palomar.admin.ControlFailure;
import palomar.config.InvalidSettings;
import palomar.mail.MailException;
import palomar.server.ExitCode;
import palomar.server.Refused;
import palomar.server.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Turns arguments into one command and runs it.
public final class CommandLines {
    private static final Map<String, Function<Terminal, Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("serve", ServeCommand::new);
        COMMANDS.put("config", ConfigCommand::new);
        COMMANDS.put("user", UserCommand::new);
        COMMANDS.put("deliver", DeliverCommand::new);
        COMMANDS.put("doctor", DoctorCommand::new);
        COMMANDS.put("reload", ReloadCommand::new);
        COMMANDS.put("stop", StopCommand::new);
        COMMANDS.put("who", WhoCommand::new);
        COMMANDS.put("kick", KickCommand::new);
        COMMANDS.put("loft", LoftCommand::new);
        COMMANDS.put("log", LogCommand::new);
        COMMANDS.put("version", VersionCommand::new);
        COMMANDS.put("train", TrainCommand::new);
    }

    private CommandLines() {}

    /// Runs what `args` say; returns the exit code. Throws nothing.
    public static int run(Terminal terminal, String... args) {
        CommandLine root = new CommandLine(new RootCommand(terminal));
        Function<Terminal, Object> wanted = args.length == 0 ? null : COMMANDS.get(args[0]);
        if (wanted != null) {
            root.addSubcommand(args[0], wanted.apply(terminal));
        } else {
            COMMANDS.forEach((name, command) -> root.addSubcommand(name, command.apply(terminal)));
        }
        root.setUsageHelpWidth(100);
        root.setUsageHelpAutoWidth(true);
        root.setOut(new PrintWriter(terminal.out(), true));
        root.setErr(new PrintWriter(terminal.err(), true));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setParameterExceptionHandler(CommandLines::usage);
        root.setExecutionExceptionHandler((problem, line, parsed) -> explain(problem, line));
        return root.execute(args);
    }

    private static int usage(CommandLine.ParameterException wrong, String[] args) {
        PrintWriter err = wrong.getCommandLine().getErr();
        err.println("palomar: " + wrong.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err)) {
            err.println("Try: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE.number();
    }

    private static int explain(Exception problem, CommandLine line) {
        PrintWriter err = line.getErr();
        switch (problem) {
            case Refused refused -> {
                err.println("palomar: " + refused.getMessage());
                return refused.code().number();
            }
            case ControlFailure refused -> {
                err.println("palomar: " + refused.text());
                return refused.exitCode();
            }
            case InvalidSettings invalid -> {
                invalid.problems().forEach(err::println);
                return ExitCode.CONFIG.number();
            }
            case MailException refused -> {
                err.println("palomar: " + refused.getMessage());
                return ExitCode.TEMP_FAIL.number();
            }
            case IOException failed -> {
                err.println("palomar: " + failed);
                return ExitCode.IO_ERROR.number();
            }
            default -> {
                err.println("palomar: this is a bug in Palomar; please report it with what follows");
                problem.printStackTrace(err);
                return ExitCode.SOFTWARE.number();
            }
        }
    }

    @Command(
            name = "palomar",
            mixinStandardHelpOptions = false,
            synopsisSubcommandLabel = "COMMAND",
            description = "A mail-store server: takes mail by LMTP, keeps it, serves it by IMAP.",
            footer = {"", "palomar COMMAND --help says more; docs/README.md is the map of the manual."})
    private static final class RootCommand extends Helped implements java.util.concurrent.Callable<Integer> {
        private final Terminal terminal;

        RootCommand(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            spec().commandLine().usage(terminal.err());
            return ExitCode.USAGE.number();
        }
    }
}
