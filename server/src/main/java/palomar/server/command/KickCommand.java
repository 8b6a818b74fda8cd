package palomar.server.command;

import java.util.concurrent.Callable;
import palomar.server.ExitCode;
import palomar.server.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "kick",
        header = "Ends sessions of the running server.",
        description = "Clients see BYE and may come back.")
final class KickCommand extends Helped implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(paramLabel = "USER|SESSION", description = "A user name, or the id of one session (see who).")
    private String whom = "";

    KickCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        server.control().call(terminal.out()::println, "kick", whom);
        return ExitCode.OK.number();
    }
}
