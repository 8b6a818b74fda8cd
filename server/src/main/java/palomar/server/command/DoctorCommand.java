package palomar.server.command;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import palomar.config.PalomarSettings;
import palomar.config.Problem;
import palomar.config.SettingsFile;
import palomar.server.Doctor;
import palomar.server.ExitCode;
import palomar.server.Finding;
import palomar.server.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        header = "Checks what keeps Palomar from working, and says what to do.",
        description = "Run it as the user who runs Palomar. Ends with 1 when something FAILs, with 78 when the"
                + " configuration has problems, else with 0.")
final class DoctorCommand extends Helped implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ConfigOption config = new ConfigOption();

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        SettingsFile.Loaded<PalomarSettings> loaded = SettingsFile.load(config.path());
        if (!loaded.ok()) {
            for (Problem problem : loaded.problems()) {
                terminal.out().println(new Finding(Finding.Verdict.FAIL, "configuration", problem.toString(), ""));
            }
            return ExitCode.CONFIG.number();
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(Finding.Verdict.OK, "configuration", loaded.file(), ""));
        String user = System.getProperty("user.name", "unknown");
        findings.addAll(new Doctor(loaded.orThrow(), InstantSource.system(), user).examine());
        findings.forEach(terminal.out()::println);
        boolean failed = findings.stream().anyMatch(f -> f.verdict() == Finding.Verdict.FAIL);
        return (failed ? ExitCode.FINDINGS : ExitCode.OK).number();
    }
}
