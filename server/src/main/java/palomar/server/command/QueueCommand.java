package palomar.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import palomar.server.ExitCode;
import palomar.server.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "queue",
        header = "Looks after outgoing mail: list, show, add, flush, drop, hold, release.",
        description =
                "Works through the running server. Ends with 66 when no such message waits, with 69 when no server"
                        + " answers.")
final class QueueCommand extends Helped implements Callable<Integer> {
    private final Terminal terminal;

    QueueCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        spec().commandLine().usage(terminal.err());
        return ExitCode.USAGE.number();
    }

    @Command(
            name = "list",
            header = "Shows the mail that waits to be sent, the oldest first.",
            description = "And what is wrong with the relay, when something is.")
    int list(@Mixin ServerOption server, @Mixin HelpOption help) {
        return ask(server, "queue-list");
    }

    @Command(
            name = "show",
            header = "Shows one message: to whom, and what the relay said last.",
            description = "Not its text.")
    int show(@Mixin ServerOption server, @Mixin HelpOption help, @Parameters(paramLabel = "ID") String id) {
        return ask(server, "queue-show", id);
    }

    @Command(
            name = "add",
            header = "Queues a message from standard input, say to try the relay.",
            description = "The message is sent as it is, with its header. Ends with 75 when the queue is full.")
    int add(
            @Mixin ServerOption server,
            @Mixin HelpOption help,
            @Option(
                            names = "--from",
                            paramLabel = "ADDRESS",
                            description = "Who is told when it fails. Default: nobody.")
                    @Nullable
                    String from,
            @Option(
                            names = "--key",
                            paramLabel = "TEXT",
                            description = "A message with the same key goes out only once.")
                    @Nullable
                    String key,
            @Parameters(paramLabel = "RECIPIENT", arity = "1..*") List<String> recipients) {
        List<String> words = new ArrayList<>(List.of(key == null ? "" : key, from == null ? "" : from));
        words.addAll(recipients);
        server.control().call(terminal.out()::println, terminal.in(), "queue-add", words.toArray(String[]::new));
        return ExitCode.OK.number();
    }

    @Command(
            name = "flush",
            header = "Tries everything now that is not held.",
            description = "Also a relay that was left alone because it did not answer.")
    int flush(@Mixin ServerOption server, @Mixin HelpOption help) {
        return ask(server, "queue-flush");
    }

    @Command(name = "drop", header = "Forgets a message that waits.", description = "Its sender is not told.")
    int drop(@Mixin ServerOption server, @Mixin HelpOption help, @Parameters(paramLabel = "ID") String id) {
        return ask(server, "queue-drop", id);
    }

    @Command(
            name = "hold",
            header = "Keeps a message from being sent until it is released.",
            description = "It does not expire meanwhile.")
    int hold(@Mixin ServerOption server, @Mixin HelpOption help, @Parameters(paramLabel = "ID") String id) {
        return ask(server, "queue-hold", id);
    }

    @Command(name = "release", header = "Lets a message go that was held.", description = "It is tried at its time.")
    int release(@Mixin ServerOption server, @Mixin HelpOption help, @Parameters(paramLabel = "ID") String id) {
        return ask(server, "queue-release", id);
    }

    private int ask(ServerOption server, String verb, String... arguments) {
        server.control().call(terminal.out()::println, verb, arguments);
        return ExitCode.OK.number();
    }
}
