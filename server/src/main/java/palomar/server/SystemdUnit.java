package palomar.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The systemd unit that starts Palomar here, as far as it changes what the server may do and finds.
///
/// @param lines of the file
record SystemdUnit(Path file, List<String> lines) {
    private static final List<Path> PLACES =
            List.of(Path.of("/etc/systemd/system"), Path.of("/run/systemd/system"), Path.of("/usr/lib/systemd/system"));

    SystemdUnit {
        lines = List.copyOf(lines);
    }

    /// `palomar.service`, where systemd looks first; empty: systemd does not start it.
    static Optional<SystemdUnit> installed() {
        return PLACES.stream()
                .map(place -> place.resolve("palomar.service"))
                .filter(Files::isReadable)
                .findFirst()
                .flatMap(SystemdUnit::read);
    }

    static Optional<SystemdUnit> read(Path file) {
        try {
            return Optional.of(new SystemdUnit(file, Files.readAllLines(file)));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /// True when the server may listen on ports below 1024.
    boolean opensLowPorts() {
        return values("AmbientCapabilities=").contains("CAP_NET_BIND_SERVICE");
    }

    /// True when systemd makes this directory before it starts the server.
    boolean makes(Path folder) {
        return is(folder, "/run", "RuntimeDirectory=") || is(folder, "/var/lib", "StateDirectory=");
    }

    private boolean is(Path folder, String parent, String key) {
        return values(key).stream().anyMatch(name -> Path.of(parent, name).equals(folder));
    }

    private List<String> values(String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .flatMap(line -> List.of(line.substring(key.length()).split(" ")).stream())
                .toList();
    }
}
