package palomar.server.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import palomar.admin.ControlFailure;
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
                + " Returns when the server's process has ended, with 75 when it has not after 5 minutes.")
final class StopCommand extends Helped implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration PARTING = Duration.ofSeconds(30);

    private final Terminal terminal;

    @Mixin
    private ServerOption server = new ServerOption();

    StopCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path data = server.dataFolder();
        Optional<ProcessHandle> process = DataFolder.process(data); // asked now: it takes its file along
        ask(process);
        if (!DataFolder.awaitFree(data, LONGEST)) {
            throw new Refused(
                    ExitCode.TEMP_FAIL,
                    "after " + LONGEST.toMinutes() + " minutes it still holds " + data + " (process "
                            + process.map(ProcessHandle::pid)
                                    .map(String::valueOf)
                                    .orElse("unknown")
                            + "): see its log; server.grace is how long it may take");
        }
        process.ifPresent(StopCommand::awaitEnd);
        return ExitCode.OK.number();
    }

    /// A server that is still starting has no control socket, but hears signals.
    private void ask(Optional<ProcessHandle> process) {
        try {
            server.control().call(terminal.out()::println, "stop");
        } catch (ControlFailure refused) {
            if (refused.exitCode() != ExitCode.UNAVAILABLE.number() || process.isEmpty()) {
                throw refused;
            }
            terminal.out().println("process " + process.get().pid() + " does not answer yet; sent it SIGTERM");
            process.get().destroy();
        }
    }

    /// Its data directory is free; what is left is the JVM's own end.
    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(PARTING.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new Refused(
                    ExitCode.TEMP_FAIL,
                    "its data directory is free, but process " + process.pid() + " still runs after "
                            + PARTING.toSeconds() + " seconds",
                    late);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
