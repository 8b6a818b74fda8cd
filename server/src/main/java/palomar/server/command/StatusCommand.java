package palomar.server.command;

import java.util.concurrent.Callable;
import palomar.server.ExitCode;
import palomar.server.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        header = "Shows whether the server runs, and where it listens.",
        description = "Ends with 69 when no server answers.")
final class StatusCommand extends Helped implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOption server = new ServerOption();

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        server.control().call(terminal.out()::println, "status");
        return ExitCode.OK.number();
    }
}
