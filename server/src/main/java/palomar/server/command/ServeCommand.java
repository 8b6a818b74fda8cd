package palomar.server.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import palomar.config.PalomarSettings;
import palomar.config.SettingsFile;
import palomar.server.ExitCode;
import palomar.server.HeapTrim;
import palomar.server.House;
import palomar.server.Plan;
import palomar.server.ProcessSignals;
import palomar.server.Refused;
import palomar.server.Terminal;
import palomar.server.WarmUp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        header = "Runs the server.",
        description = "Runs until SIGTERM, SIGINT or \"palomar stop\"; SIGHUP or \"palomar reload\" reads the"
                + " configuration again. Says \"ready\" on a line of its own when every listener accepts.")
final class ServeCommand extends Helped implements Callable<Integer> {
    private static final int HIGHEST_BASE = 65_535 - 4_190; // the highest of the demo's ports, ManageSieve's

    private final Terminal terminal;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--demo",
            description = "A server to try: loopback only, any user [a-z0-9._-]+ with the password \"demo\".")
    private boolean demo;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The demo's data directory. Default: ~/.local/state/palomar/demo.")
    private @Nullable Path data;

    @Option(
            names = "--base-port",
            paramLabel = "N",
            description = "What is added to each protocol's port in a demo. Default: 10000.")
    private @Nullable Integer basePort;

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Plan plan = plan();
        refuseWrongUser(plan.settings());
        AtomicReference<@Nullable House> running = new AtomicReference<>();
        // Before the start, which reads the configuration anyway: without it the signal would end the process.
        ProcessSignals.on("HUP", () -> reload(running.get()));
        // From now on too: what the start has opened by then is closed in order.
        CountDownLatch stop = new CountDownLatch(1);
        ProcessSignals.on("TERM", () -> stop(stop, running));
        ProcessSignals.on("INT", () -> stop(stop, running));
        try (House house = House.start(plan, Clock.systemUTC())) {
            running.set(house);
            if (stop.getCount() == 0) {
                return ExitCode.OK.number();
            }
            HeapTrim heap = HeapTrim.ofThisProcess();
            heap.clear();
            if (demo) {
                terminal.out().print(DemoTable.of(plan));
            }
            terminal.out().println("ready");
            terminal.out().flush();
            try (WarmUp warmUp = WarmUp.of(house, Clock.systemUTC())) {
                if (plan.settings().server().warmUp()) {
                    warmUp.start();
                }
                while (!house.awaitStop(HeapTrim.PERIOD)) {
                    heap.look();
                }
            }
        }
        return ExitCode.OK.number();
    }

    /// Says so before it looks: one of the two threads sees the other.
    private static void stop(CountDownLatch wanted, AtomicReference<@Nullable House> running) {
        wanted.countDown();
        House house = running.get();
        if (house != null) {
            house.askToStop();
        }
    }

    /// The house has logged what went wrong; a signal has nobody to tell.
    private static void reload(@Nullable House house) {
        if (house == null) {
            return;
        }
        try {
            house.reload();
        } catch (Refused kept) {
            return;
        }
    }

    private Plan plan() {
        if (!demo) {
            if (data != null || basePort != null) {
                throw new Refused(ExitCode.USAGE, "--data and --base-port belong to --demo");
            }
            Path file = config.path();
            return Plan.configured(SettingsFile.load(file).orThrow(), file);
        }
        if (config.given()) {
            throw new Refused(ExitCode.USAGE, "--demo and --config exclude each other");
        }
        int base = basePort == null ? 10_000 : basePort;
        if (base < 0 || base > HIGHEST_BASE) {
            throw new Refused(ExitCode.USAGE, "--base-port must be from 0 to " + HIGHEST_BASE);
        }
        return Plan.demo((data == null ? demoData() : data).toAbsolutePath(), base);
    }

    static Path demoData() {
        return UserFolders.state().resolve("palomar/demo");
    }

    private static void refuseWrongUser(PalomarSettings settings) {
        String user = System.getProperty("user.name", "unknown");
        if (!settings.server().user().orElse(user).equals(user)) {
            String wanted = settings.server().user().get();
            throw new Refused(
                    ExitCode.NO_PERMISSION,
                    "server.user is " + wanted + ", but this is " + user + ": run as " + wanted + " (systemd: User="
                            + wanted + ")");
        }
    }
}
