package palomar.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import palomar.config.ListenerSettings;
import palomar.config.PalomarSettings;
import palomar.config.PassDbSettings;
import palomar.config.TlsSection;

/// Looks at the files that the configuration names beside the data directory: sockets, keys, users, the log.
final class FileCheckup {
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("------rwx");

    private final PalomarSettings settings;
    private final boolean serverRuns;
    private final Optional<SystemdUnit> unit;
    private final List<Finding> findings = new ArrayList<>();

    FileCheckup(PalomarSettings settings, boolean serverRuns, Optional<SystemdUnit> unit) {
        this.unit = unit;
        this.settings = settings;
        this.serverRuns = serverRuns;
    }

    List<Finding> run() throws IOException {
        for (ListenerSettings listener : settings.listeners()) {
            if (listener.path().isPresent()) {
                socket(listener.path().get());
            }
        }
        for (TlsSection.Certificate pair : settings.tls().certificate()) {
            secret("key", pair.key());
        }
        if (settings.relay().passwordFile().isPresent()) {
            secret("relay password", settings.relay().passwordFile().get());
        }
        for (Path users : userFiles()) {
            users(users);
        }
        if (settings.log().file().isPresent()) {
            log(settings.log().file().get());
        }
        return findings;
    }

    private void socket(Path path) {
        if (serverRuns) {
            findings.add(
                    Files.exists(path)
                            ? Finding.ok("socket", path + " is there, and the server runs")
                            : Finding.warn(
                                    "socket", path + " is not there although the server runs", "palomar reload"));
            return;
        }
        place("socket", path);
    }

    private void log(Path file) {
        if (!Files.exists(file)) {
            place("log", file);
            return;
        }
        findings.add(
                Files.isWritable(file)
                        ? Finding.ok("log", file.toString())
                        : Finding.fail("log", "may not write to " + file, "let the user of the server write it"));
    }

    private void place(String what, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && Files.isDirectory(folder) && Files.isWritable(folder)) {
            findings.add(Finding.ok(what, file + " can be made"));
        } else if (folder != null && folder.equals(settings.server().data()) && !Files.exists(folder)) {
            findings.add(Finding.ok(what, file + " will be made with the data directory"));
        } else if (folder != null
                && !Files.exists(folder)
                && unit.isPresent()
                && unit.get().makes(folder)) {
            findings.add(Finding.ok(what, file + " will be made: " + unit.get().file() + " makes " + folder));
        } else if (folder != null && !Files.exists(folder) && folder.startsWith("/run")) {
            // Empty after each boot: whoever starts the server makes it.
            findings.add(Finding.warn(
                    what,
                    folder + " is not there, so a start from a shell can't make " + file,
                    "start it by systemd (dist/palomar.service has RuntimeDirectory=palomar), or as root: install -d -o"
                            + " " + settings.server().user().orElse("USER") + " " + folder));
        } else {
            findings.add(Finding.fail(
                    what, file + " can't be made in " + folder, "make that directory, for the user of the server"));
        }
    }

    private Set<Path> userFiles() {
        Set<Path> files = new LinkedHashSet<>();
        if (settings.auth().passdb().isEmpty()) {
            files.add(settings.server().data().resolve("users"));
        }
        for (PassDbSettings passdb : settings.auth().passdb()) {
            passdb.path().ifPresent(files::add);
        }
        return files;
    }

    private void users(Path file) throws IOException {
        if (!Files.exists(file)) {
            findings.add(Finding.warn("users", "there is no " + file + ": nobody can log in", "palomar user add NAME"));
            return;
        }
        secret("users", file);
    }

    /// Somebody else's problem when it is not there: certificates say so themselves.
    private void secret(String what, Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        Set<PosixFilePermission> others = Files.getPosixFilePermissions(file);
        others.retainAll(OTHERS);
        if (!Files.isReadable(file)) {
            findings.add(Finding.fail(what, "may not read " + file, "let the user of the server read it"));
        } else if (!others.isEmpty()) {
            findings.add(Finding.warn(what, file + " is open to everybody", "chmod o= " + file));
        } else {
            findings.add(Finding.ok(what, file.toString()));
        }
    }
}
