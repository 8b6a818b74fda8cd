package palomar.server.command;

import java.util.concurrent.Callable;
import palomar.server.ExitCode;
import palomar.server.Terminal;
import palomar.server.Version;
import picocli.CommandLine.Command;

@Command(name = "version", header = "Shows the version of Palomar and of the Java that runs it.")
final class VersionCommand extends Helped implements Callable<Integer> {
    private final Terminal terminal;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().println("palomar " + Version.number());
        terminal.out().println("java " + Runtime.version() + " (" + System.getProperty("java.home") + ")");
        return ExitCode.OK.number();
    }
}
