package palomar.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// `[server]`
public record ServerSettings(
        @Setting(
                doc =
                        "The data directory: mail, certificates made by Palomar, the control socket and the lock. It must belong"
                                + " to the user who runs Palomar and be closed to others.",
                value = "/var/lib/palomar")
        Path data,

        @Setting(
                doc = "The name of this host in greetings, Received lines and self-made certificates. Default: what the"
                        + " system says.")
        Optional<String> name,

        @Setting(
                doc =
                        "The system user that Palomar must run as; it refuses to start as another. Palomar does not change its"
                                + " user itself: let systemd (User=) do it.")
        Optional<String> user,

        @Setting(
                doc = "How long sessions may finish their command when Palomar stops, before they are cut.",
                value = "30s",
                min = "0s",
                max = "1h")
        Duration grace,

        @Setting(
                doc =
                        "After a start Palomar plays some mail sessions by itself, in a temporary directory and while no"
                                + " client works, so that the first clients find a fast server. Takes some seconds of a processor.",
                value = "true")
        boolean warmUp) {}
