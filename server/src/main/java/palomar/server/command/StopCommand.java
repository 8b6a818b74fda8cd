package palomar.server.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import palomar.server.DataFolder;
import palomar.server.ExitCode;
import palomar.server.Refused;
import palomar.server.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "stop",
        header = "Stops the server.",
        description = "Sessions that wait end with BYE, commands that run may finish within the grace time."
                + " Returns when the server has let go of its data directory.")
final class StopCommand extends Helped implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Terminal terminal;

    @Mixin
    private ServerOption server = new ServerOption();

    StopCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        server.control().call(terminal.out()::println, "stop");
        if (!DataFolder.awaitFree(server.dataFolder(), LONGEST)) {
            throw new Refused(ExitCode.TEMP_FAIL, "it still holds its data directory: see its log");
        }
        return ExitCode.OK.number();
    }
}
