package palomar.server.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import palomar.admin.ControlClient;
import palomar.bytes.ByteSource;
import palomar.delivery.sieve.MailboxFilter;
import palomar.delivery.sieve.OsPrograms;
import palomar.mail.MailboxName;
import palomar.server.ExitCode;
import palomar.server.FilterWork;
import palomar.server.Plan;
import palomar.server.Refused;
import palomar.server.ScriptWork;
import palomar.server.ScriptWork.Verb;
import palomar.server.Terminal;
import palomar.server.Version;
import palomar.sieve.Program;
import palomar.sievetest.SieveTests;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sieve",
        header =
                "Sieve: test, check, explain, run, filter; users' scripts: list, get, put, delete, activate, deactivate,"
                        + " rename.",
        description = "What is about users works through the running server, or on the data directory when none runs;"
                + " what is about files needs neither.")
final class SieveCommand extends Helped implements Callable<Integer> {
    private final Terminal terminal;

    SieveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Whose scripts.
    static final class UserOption {
        @Option(
                names = {"-u", "--user"},
                required = true,
                paramLabel = "USER",
                description = "Whose scripts.")
        private String name = "";
    }

    @Override
    public Integer call() {
        spec().commandLine().usage(terminal.err());
        return ExitCode.USAGE.number();
    }

    @Command(
            name = "test",
            header = "Runs test files (.svtest) for Sieve scripts.",
            description = "Ends with 0 when every file passed, else with 1.")
    int test(
            @Mixin SieveTestOptions options,
            @Parameters(paramLabel = "FILE", arity = "1..*") List<String> files,
            @Mixin HelpOption help)
            throws IOException {
        SieveTests.Means means = new SieveTests.Means(
                Clock.systemDefaultZone(), new SplittableRandom(), new OsPrograms(), Version.number());
        SieveTests tests;
        try {
            tests = new SieveTests(options.options(), terminal.out(), terminal.err(), means);
        } catch (IllegalArgumentException unknown) {
            throw new Refused(ExitCode.USAGE, String.valueOf(unknown.getMessage()));
        }
        return (tests.run(files) ? ExitCode.OK : ExitCode.FINDINGS).number();
    }

    @Command(
            name = "check",
            header = "Says all that is wrong or doubtful in scripts.",
            description = "A line for each: FILE:LINE:COLUMN. Ends with 65 when a script has an error.")
    int check(@Parameters(paramLabel = "FILE", arity = "1..*") List<Path> files, @Mixin HelpOption help)
            throws IOException {
        return new SieveFiles(terminal).check(files);
    }

    @Command(name = "explain", header = "Says in plain words what a script does.")
    int explain(@Parameters(paramLabel = "FILE") Path file, @Mixin HelpOption help) throws IOException {
        return new SieveFiles(terminal).explain(file);
    }

    @Command(
            name = "run",
            header = "Runs a script on a message and says what it would do.",
            description = "Nothing is carried out. Ends with 65 when the script has an error or can't go on.")
    int dryRun(
            @Option(names = "--trace", description = "Tells every step.") boolean trace,
            @Option(names = "--mailbox", paramLabel = "M", description = "Where mail is kept. Default: INBOX.")
                    @Nullable
                    String mailbox,
            @Option(names = "--message", paramLabel = "FILE", description = "The message. Default: standard input.")
                    @Nullable
                    Path message,
            @Option(
                            names = "--from",
                            paramLabel = "ADDRESS",
                            description = "The envelope sender. Default: from the message.")
                    @Nullable
                    String from,
            @Option(
                            names = "--to",
                            paramLabel = "ADDRESS",
                            description = "The envelope recipient. Default: from the message.")
                    @Nullable
                    String to,
            @Parameters(paramLabel = "SCRIPT") Path script,
            @Mixin HelpOption help)
            throws IOException {
        byte[] bytes = message == null ? terminal.in().readAllBytes() : Files.readAllBytes(message);
        return new SieveRun(terminal)
                .run(new SieveRun.Wanted(
                        script,
                        ByteSource.of(bytes),
                        trace,
                        Optional.ofNullable(mailbox),
                        Optional.ofNullable(from),
                        Optional.ofNullable(to)));
    }

    @Command(
            name = "filter",
            header = "Runs a script over the mail of a mailbox; without --execute it only says what it would do.",
            description =
                    "What is kept stays, what is filed elsewhere is moved or copied, what is discarded is removed;"
                            + " nothing is sent. Ends with 1 when messages were left as"
                            + " they are because of an error.")
    int filter(
            @Mixin UserOption user,
            @Parameters(index = "0", paramLabel = "SCRIPT") Path script,
            @Parameters(index = "1", paramLabel = "MAILBOX") String mailbox,
            @Option(names = "--execute", description = "Does it.") boolean execute,
            @Mixin ServerOption server,
            @Mixin HelpOption help)
            throws IOException {
        Optional<Program> program =
                new SieveFiles(terminal).compile(script, terminal.err()).program();
        if (program.isEmpty()) {
            return ExitCode.DATA.number();
        }
        ControlClient control = server.control();
        if (control.serverIsThere()) {
            List<String> words = FilterWork.words(user.name, mailbox, Files.readAllBytes(script), execute);
            control.call(terminal.out()::println, "sieve-filter", words.toArray(String[]::new));
            return ExitCode.OK.number();
        }
        FilterWork.Order order = new FilterWork.Order(user.name, MailboxName.of(mailbox), program.get(), execute);
        MailboxFilter.Tally tally =
                FilterWork.offline(plan(server), Clock.systemDefaultZone(), order, terminal.out()::println);
        terminal.out().println(FilterWork.told(tally, execute));
        return (tally.failed() == 0 ? ExitCode.OK : ExitCode.FINDINGS).number();
    }

    @Command(name = "list", header = "Lists a user's scripts; the active one has a star.")
    int list(@Mixin UserOption user, @Mixin ServerOption server, @Mixin HelpOption help) throws IOException {
        return run(server, Verb.LIST, terminal.out()::println, InputStream.nullInputStream(), user.name);
    }

    @Command(name = "get", header = "Writes a script to standard output.")
    int get(
            @Mixin UserOption user,
            @Parameters(paramLabel = "NAME") String name,
            @Mixin ServerOption server,
            @Mixin HelpOption help)
            throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Consumer<String> decoded =
                line -> content.writeBytes(Base64.getDecoder().decode(line));
        int code = run(server, Verb.GET, decoded, InputStream.nullInputStream(), user.name, name);
        content.writeTo(terminal.out());
        terminal.out().flush();
        return code;
    }

    @Command(name = "put", header = "Stores a script, in place of the one of that name.")
    int put(
            @Mixin UserOption user,
            @Parameters(index = "0", paramLabel = "NAME") String name,
            @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "Default: standard input.")
                    @Nullable
                    Path file,
            @Option(names = "--activate", description = "And makes it the active one.") boolean activate,
            @Mixin ServerOption server,
            @Mixin HelpOption help)
            throws IOException {
        try (InputStream content = file == null ? terminal.in() : Files.newInputStream(file)) {
            run(server, Verb.PUT, terminal.out()::println, content, user.name, name);
        }
        return activate ? activate(user, name, server, help) : ExitCode.OK.number();
    }

    @Command(name = "delete", header = "Deletes a script that is not the active one.")
    int delete(
            @Mixin UserOption user,
            @Parameters(paramLabel = "NAME") String name,
            @Mixin ServerOption server,
            @Mixin HelpOption help)
            throws IOException {
        return run(server, Verb.DELETE, terminal.out()::println, InputStream.nullInputStream(), user.name, name);
    }

    @Command(name = "activate", header = "Makes a script the active one.")
    int activate(
            @Mixin UserOption user,
            @Parameters(paramLabel = "NAME") String name,
            @Mixin ServerOption server,
            @Mixin HelpOption help)
            throws IOException {
        return run(server, Verb.ACTIVATE, terminal.out()::println, InputStream.nullInputStream(), user.name, name);
    }

    @Command(name = "deactivate", header = "Lets no script be active.")
    int deactivate(@Mixin UserOption user, @Mixin ServerOption server, @Mixin HelpOption help) throws IOException {
        return run(server, Verb.DEACTIVATE, terminal.out()::println, InputStream.nullInputStream(), user.name);
    }

    @Command(
            name = "log",
            header = "Shows what went wrong with a user's scripts lately.",
            description = "For logs in the mail store; sieve.log may have them in a file.")
    int log(@Mixin UserOption user, @Mixin ServerOption server, @Mixin HelpOption help) throws IOException {
        return run(server, Verb.LOG, terminal.out()::println, InputStream.nullInputStream(), user.name);
    }

    @Command(name = "rename", header = "Gives a script another name; the active one stays active.")
    int rename(
            @Mixin UserOption user,
            @Parameters(index = "0", paramLabel = "NAME") String from,
            @Parameters(index = "1", paramLabel = "NEW") String to,
            @Mixin ServerOption server,
            @Mixin HelpOption help)
            throws IOException {
        return run(server, Verb.RENAME, terminal.out()::println, InputStream.nullInputStream(), user.name, from, to);
    }

    private static int run(ServerOption server, Verb verb, Consumer<String> out, InputStream content, String... words)
            throws IOException {
        for (String word : words) {
            if (word.chars().anyMatch(Character::isISOControl)) {
                throw new Refused(ExitCode.USAGE, "a name with control characters is none");
            }
        }
        ControlClient control = server.control();
        if (control.serverIsThere()) {
            control.call(out, content, "sieve-" + verb.name().toLowerCase(Locale.ROOT), words);
        } else {
            ScriptWork.offline(plan(server), Clock.systemUTC(), work -> work.run(verb, List.of(words), content, out));
        }
        return ExitCode.OK.number();
    }

    /// A data directory without a configuration is taken with the usual settings.
    private static Plan plan(ServerOption server) {
        return server.configured()
                .map(settings -> new Plan(settings, Optional.empty(), false))
                .orElseGet(() -> Plan.demo(server.dataFolder(), -1));
    }
}
