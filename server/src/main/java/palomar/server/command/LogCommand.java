package palomar.server.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import palomar.event.Event;
import palomar.server.ExitCode;
import palomar.server.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "log",
        header = "Changes the log level of the running server.",
        description = "Lasts until the next reload or restart. Example: palomar log debug --of imap")
final class LogCommand extends Helped implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(paramLabel = "LEVEL", description = "debug, info, warn or error.")
    private Event.Level level = Event.Level.INFO;

    @Option(names = "--of", paramLabel = "NAME", description = "Only events of this name and those below it.")
    private String name = "";

    LogCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        server.control().call(terminal.out()::println, "log", level.name().toLowerCase(Locale.ROOT), name);
        return ExitCode.OK.number();
    }
}
