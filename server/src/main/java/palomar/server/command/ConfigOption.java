package palomar.server.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.config.PalomarSettings;
import palomar.config.SettingsFile;
import palomar.server.ExitCode;
import palomar.server.Refused;
import picocli.CommandLine.Option;

/// `--config FILE`, or where a file is looked for without it.
final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration. Default: $$PALOMAR_CONFIG, else the first that exists of"
                    + " ~/.config/palomar/palomar.toml and /etc/palomar/palomar.toml.")
    private @Nullable Path file;

    boolean given() {
        return file != null;
    }

    Path path() {
        return choose(file);
    }

    PalomarSettings load() {
        return SettingsFile.load(path()).orThrow();
    }

    static Path choose(@Nullable Path given) {
        if (given != null) {
            return given;
        }
        List<Path> places = places();
        for (Path place : places) {
            if (Files.exists(place)) {
                return place;
            }
        }
        String looked = String.join(" or ", places.stream().map(Path::toString).toList());
        throw new Refused(
                ExitCode.CONFIG,
                "no configuration: name one with --config FILE, or make " + looked
                        + " (\"palomar serve --demo\" needs none)");
    }

    private static List<Path> places() {
        List<Path> places = new ArrayList<>();
        String named = System.getenv("PALOMAR_CONFIG");
        if (named != null && !named.isEmpty()) {
            return List.of(Path.of(named));
        }
        places.add(UserFolders.config().resolve("palomar/palomar.toml"));
        places.add(Path.of("/etc/palomar/palomar.toml"));
        return places;
    }
}
