package palomar.server.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import palomar.config.PalomarSettings;
import palomar.config.SettingsFile;
import palomar.config.SettingsPrinter;
import palomar.config.SettingsReference;
import palomar.server.ExitCode;
import palomar.server.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "config", header = "Checks, shows and explains the configuration.")
final class ConfigCommand extends Helped implements Callable<Integer> {
    private final Terminal terminal;

    ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        spec().commandLine().usage(terminal.err());
        return ExitCode.USAGE.number();
    }

    @Command(name = "check", description = "Reports everything that is wrong in a configuration file.")
    int check(
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "Default: the file that serve would read.")
                    @Nullable
                    Path file,
            @Option(
                            names = {"-h", "--help"},
                            usageHelp = true,
                            description = "Shows this help.")
                    boolean help) {
        Path chosen = ConfigOption.choose(file);
        SettingsFile.Loaded<PalomarSettings> loaded = SettingsFile.load(chosen);
        loaded.problems().forEach(terminal.err()::println);
        if (!loaded.ok()) {
            int count = loaded.problems().size();
            terminal.err().println(count == 1 ? "1 problem" : count + " problems");
            return ExitCode.CONFIG.number();
        }
        terminal.out().println(chosen + ": ok");
        return ExitCode.OK.number();
    }

    @Command(name = "show", description = "Prints the settings in force as TOML, each with the line that set it.")
    int show(
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "Default: the file that serve would read.")
                    @Nullable
                    Path file,
            @Option(names = "--defaults", description = "Prints the defaults; reads no file.") boolean defaults,
            @Option(names = "--changed", description = "Leaves out what stands at its default.") boolean changed,
            @Option(
                            names = {"-h", "--help"},
                            usageHelp = true,
                            description = "Shows this help.")
                    boolean help) {
        if (defaults) {
            terminal.out().print(SettingsPrinter.printDefaults());
            return ExitCode.OK.number();
        }
        terminal.out().print(SettingsPrinter.print(SettingsFile.load(ConfigOption.choose(file)), changed));
        return ExitCode.OK.number();
    }

    @Command(name = "explain", description = "Says what a setting means, its default and its range.")
    int explain(
            @Parameters(paramLabel = "KEY", description = "As imap.idle_timeout or limits.") String key,
            @Option(
                            names = {"-h", "--help"},
                            usageHelp = true,
                            description = "Shows this help.")
                    boolean help) {
        SettingsReference reference = SettingsReference.ofPalomar();
        List<String> names = reference.explain(key).isPresent() ? List.of(key) : reference.near(key);
        if (names.isEmpty() || !names.equals(List.of(key)) && !names.getFirst().endsWith("." + key)) {
            String meant = names.isEmpty() ? "" : "; did you mean " + names.getFirst() + "?";
            terminal.err().println("palomar: there is no setting \"" + key + "\"" + meant);
            return ExitCode.DATA.number();
        }
        names.forEach(name -> terminal.out().println(reference.explain(name).orElseThrow()));
        return ExitCode.OK.number();
    }

    @Command(name = "reference", hidden = true, description = "Prints docs/reference/settings.md.")
    int reference() {
        terminal.out().print(SettingsReference.ofPalomar().page());
        return ExitCode.OK.number();
    }
}
