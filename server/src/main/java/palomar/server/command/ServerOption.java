package palomar.server.command;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.admin.ControlClient;
import palomar.config.InvalidSettings;
import palomar.config.PalomarSettings;
import palomar.server.DataFolder;
import palomar.server.ExitCode;
import palomar.server.Refused;
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
        return demo ? ServeCommand.demoData() : load().server().data();
    }

    /// The configuration, when it is by configuration that the server was named.
    Optional<PalomarSettings> configured() {
        return data != null || demo ? Optional.empty() : Optional.of(load());
    }

    /// A running server goes on with what it read when the file was good.
    private PalomarSettings load() {
        try {
            return config.load();
        } catch (InvalidSettings invalid) {
            throw new Refused(
                    ExitCode.CONFIG,
                    invalid.getMessage() + "\npalomar: a running server goes on as it is; --data DIR reaches it"
                            + " without this file",
                    invalid);
        }
    }

    ControlClient control() {
        return new ControlClient(DataFolder.controlSocket(dataFolder()));
    }
}
