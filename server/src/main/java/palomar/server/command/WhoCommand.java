package palomar.server.command;

import java.util.concurrent.Callable;
import palomar.server.ExitCode;
import palomar.server.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "who",
        header = "Lists the sessions of the running server.",
        description = "A state with * is a session that works on a command.")
final class WhoCommand extends Helped implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOption server = new ServerOption();

    WhoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        server.control().call(terminal.out()::println, "who");
        return ExitCode.OK.number();
    }
}
