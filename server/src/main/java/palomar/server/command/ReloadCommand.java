package palomar.server.command;

import java.util.concurrent.Callable;
import palomar.server.ExitCode;
import palomar.server.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "reload",
        header = "Lets the server read its configuration again.",
        description = "Listeners, certificates, limits, databases and log change; sessions go on. When the new"
                + " file has problems, all stays as it was.")
final class ReloadCommand extends Helped implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOption server = new ServerOption();

    ReloadCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        server.control().call(terminal.out()::println, "reload");
        return ExitCode.OK.number();
    }
}
