package palomar.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import palomar.admin.ControlFailure;
import palomar.config.InvalidSettings;
import palomar.mail.MailException;
import palomar.server.ExitCode;
import palomar.server.IoText;
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
        COMMANDS.put("auth", AuthCommand::new);
        COMMANDS.put("password", PasswordCommand::new);
        COMMANDS.put("deliver", DeliverCommand::new);
        COMMANDS.put("doctor", DoctorCommand::new);
        COMMANDS.put("reload", ReloadCommand::new);
        COMMANDS.put("stop", StopCommand::new);
        COMMANDS.put("status", StatusCommand::new);
        COMMANDS.put("who", WhoCommand::new);
        COMMANDS.put("kick", KickCommand::new);
        COMMANDS.put("queue", QueueCommand::new);
        COMMANDS.put("loft", LoftCommand::new);
        COMMANDS.put("sieve", SieveCommand::new);
        COMMANDS.put("log", LogCommand::new);
        COMMANDS.put("version", VersionCommand::new);
        COMMANDS.put("train", TrainCommand::new);
    }

    private CommandLines() {}

    /// Runs what `args` say; returns the exit code. Throws nothing.
    public static int run(Terminal terminal, String... args) {
        if (args.length == 1 && args[0].equals("--version")) {
            return run(terminal, "version");
        }
        if (args.length > 0 && args[0].equals("help")) {
            String[] asked = Arrays.copyOfRange(args, 1, args.length + 1);
            asked[asked.length - 1] = "--help";
            return run(terminal, asked);
        }
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
        err.println("palomar: " + text(wrong));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err)) {
            err.println("Try: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE.number();
    }

    private static String text(CommandLine.ParameterException wrong) {
        boolean parent = !wrong.getCommandLine().getSubcommands().isEmpty();
        if (parent && wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().getFirst();
            if (!first.startsWith("-")) {
                return "there is no command \"" + first + "\"";
            }
        }
        return String.valueOf(wrong.getMessage());
    }

    private static int explain(Exception problem, CommandLine line) {
        ExitCode code = say(problem, line.getErr());
        // An MTA returns mail to its sender for what is not 75, and this is not the message's fault.
        boolean mail = line.getCommand() instanceof DeliverCommand && code != ExitCode.USAGE;
        return (mail ? ExitCode.TEMP_FAIL : code).number();
    }

    private static ExitCode say(Exception problem, PrintWriter err) {
        switch (problem) {
            case Refused refused -> {
                err.println("palomar: " + refused.getMessage());
                return refused.code();
            }
            case ControlFailure refused -> {
                err.println("palomar: " + refused.text());
                return ExitCode.of(refused.exitCode());
            }
            case InvalidSettings invalid -> {
                invalid.problems().forEach(err::println);
                return ExitCode.CONFIG;
            }
            case MailException refused -> {
                err.println("palomar: " + refused.getMessage());
                return ExitCode.of(refused.kind());
            }
            case AccessDeniedException denied -> {
                String user = System.getProperty("user.name", "unknown");
                err.println("palomar: " + IoText.of(denied) + " (as " + user + ")");
                return ExitCode.NO_PERMISSION;
            }
            case IOException failed -> {
                err.println("palomar: " + IoText.of(failed));
                return ExitCode.IO_ERROR;
            }
            case UncheckedIOException failed
            when failed.getCause() instanceof IOException cause -> {
                return say(cause, err);
            }
            default -> {
                err.println("palomar: this is a bug in Palomar; please report it with what follows");
                problem.printStackTrace(err);
                return ExitCode.SOFTWARE;
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
