package palomar.server.command;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.admin.ControlClient;
import palomar.config.PalomarSettings;
import palomar.server.DataFolder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which running server a command speaks to.
final class ServerOption {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory of the server, instead of --config.")
    private @Nullable Path data;

    @Option(names = "--demo", description = "The demo server in its usual directory.")
    private boolean demo;

    Path dataFolder() {
        if (data != null) {
            return data;
        }
        return demo ? ServeCommand.demoData() : config.load().server().data();
    }

    /// The configuration, when it is by configuration that the server was named.
    Optional<PalomarSettings> configured() {
        return data != null || demo ? Optional.empty() : Optional.of(config.load());
    }

    ControlClient control() {
        return new ControlClient(DataFolder.controlSocket(dataFolder()));
    }
}
