package palomar.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.config.PalomarSettings;
import palomar.net.Endpoint;
import palomar.net.TlsContext;
import palomar.net.TlsSettings;
import palomar.net.TlsSettingsException;
import palomar.os.NativeCrypt;

/// Looks at everything that keeps Palomar from working, or soon will, and says what to do: `palomar doctor`.
///
/// Changes nothing but a probe file in the data directory, which it removes.
public final class Doctor {
    private static final Duration SOON = Duration.ofDays(14);
    private static final long SPARE_FILES = 1000;

    private final PalomarSettings settings;
    private final InstantSource clock;
    private final String user;
    private final boolean serverRuns;
    private final Optional<SystemdUnit> unit;
    private final List<Finding> findings = new ArrayList<>();

    /// @param user who runs this
    public Doctor(PalomarSettings settings, InstantSource clock, String user) {
        this(settings, clock, user, SystemdUnit.installed());
    }

    /// @param unit by which systemd starts the server; what it grants, a start from a shell may lack
    Doctor(PalomarSettings settings, InstantSource clock, String user, Optional<SystemdUnit> unit) {
        this.unit = unit;
        this.settings = settings;
        this.clock = clock;
        this.user = user;
        this.serverRuns = DataFolder.isTaken(settings.server().data());
    }

    /// All findings, in the order in which to mend them.
    public List<Finding> examine() throws IOException {
        java();
        user();
        server();
        findings.addAll(new FolderCheckup(settings.server().data(), user, clock, unit).run());
        inodes();
        findings.addAll(new FileCheckup(settings, serverRuns, unit).run());
        certificates();
        ports();
        findings.addAll(new RelayCheckup(settings, clock).run());
        openFiles();
        libcrypt();
        return List.copyOf(findings);
    }

    private void java() {
        Runtime.Version version = Runtime.version();
        findings.add(
                version.feature() >= 25
                        ? Finding.ok("java", version.toString())
                        : Finding.fail(
                                "java", version.toString(), "install a JDK 25 or newer, or set PALOMAR_JAVA_HOME"));
    }

    private void user() {
        String wanted = settings.server().user().orElse(user);
        if (!wanted.equals(user)) {
            findings.add(Finding.fail(
                    "user",
                    "this is " + user + ", but server.user is " + wanted,
                    "run as " + wanted + ": sudo -u " + wanted));
        } else if (user.equals("root")) {
            findings.add(Finding.warn("user", "root", "make an unprivileged user for mail and set server.user"));
        } else {
            findings.add(Finding.ok("user", user));
        }
    }

    private void server() {
        String holder = DataFolder.holder(settings.server().data());
        if (serverRuns) {
            findings.add(Finding.ok("server", "runs as process " + holder));
        } else if (holder.equals("unknown")) {
            findings.add(Finding.ok("server", "does not run; it was stopped in order"));
        } else {
            findings.add(Finding.warn(
                    "server",
                    "does not run; process " + holder + " ended without a proper stop",
                    "nothing is lost that was acknowledged: the next start recovers the store"));
        }
    }

    /// From `df`, because Java does not tell.
    private void inodes() throws IOException {
        Path folder = settings.server().data();
        if (!Files.isDirectory(folder)) {
            return;
        }
        Process df = new ProcessBuilder("df", "-iP", folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = df.inputReader()) {
            lines.readLine();
            String line = lines.readLine();
            String[] columns = line == null ? new String[0] : line.trim().split(" +");
            if (columns.length < 5 || !columns[4].endsWith("%")) {
                return; // file systems without a number of inodes say "-"
            }
            int used = Integer.parseInt(columns[4].substring(0, columns[4].length() - 1));
            String text = columns[3] + " inodes free (" + (100 - used) + " %)";
            findings.add(
                    used < 95
                            ? Finding.ok("inodes", text)
                            : Finding.warn("inodes", text, "remove files, or make a file system with more inodes"));
        }
    }

    private void certificates() {
        if (settings.tls().certificate().isEmpty()) {
            findings.add(Finding.warn(
                    "certificate",
                    "none is configured: Palomar makes a self-signed one, which clients will not trust",
                    "get one (for example with certbot) and name it in [[tls.certificate]]"));
            return;
        }
        for (TlsSettings.Certificate pair : NetSettings.tls(settings.tls()).certificates()) {
            try {
                TlsSettings alone = TlsSettings.of(pair.chain(), pair.key());
                TlsContext.load(alone).certificates().forEach(this::dates);
            } catch (TlsSettingsException wrong) {
                findings.add(Finding.fail(
                        "certificate",
                        String.valueOf(wrong.getMessage()),
                        "mend [[tls.certificate]] for " + pair.chain() + " and let " + user + " read both files"));
            }
        }
    }

    private void dates(TlsContext.Certificate certificate) {
        Instant now = clock.instant();
        String text = certificate.file() + " for " + String.join(", ", certificate.names()) + ", valid until "
                + certificate.until();
        if (now.isAfter(certificate.until())) {
            findings.add(Finding.fail("certificate", text + ": it has expired", "renew it, then: palomar reload"));
        } else if (now.isBefore(certificate.from())) {
            findings.add(
                    Finding.fail("certificate", text + ": not valid before " + certificate.from(), "check the clock"));
        } else if (now.plus(SOON).isAfter(certificate.until())) {
            findings.add(Finding.warn("certificate", text, "renew it within two weeks, then: palomar reload"));
        } else {
            findings.add(Finding.ok("certificate", text));
        }
    }

    private void ports() {
        for (palomar.config.ListenerSettings listener : settings.listeners()) {
            if (NetSettings.endpoint(listener) instanceof Endpoint.Tcp tcp
                    && tcp.address().getPort() != 0) {
                findings.add(port(listener.where(), tcp));
            }
        }
    }

    private Finding port(String where, Endpoint.Tcp tcp) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(tcp.address());
            return serverRuns
                    ? Finding.warn(
                            "port", where + " is free although the server runs", "see its log, or: palomar reload")
                    : Finding.ok("port", where + " is free");
        } catch (IOException taken) {
            if (serverRuns) {
                return Finding.ok("port", where + " is in use, and the server runs");
            }
            String why = String.valueOf(taken.getMessage());
            return why.contains("ermission")
                    ? lowPort(where)
                    : Finding.fail(
                            "port",
                            "can't listen on " + where + ": " + why,
                            "find who has it: ss -ltnp 'sport = :"
                                    + tcp.address().getPort() + "'");
        }
    }

    /// A start from this shell would fail; one by systemd need not.
    Finding lowPort(String where) {
        if (unit.isPresent() && unit.get().opensLowPorts()) {
            return Finding.ok(
                    "port",
                    where + " is below 1024: " + user + " gets it by "
                            + unit.get().file());
        }
        return Finding.warn(
                "port",
                where + " is below 1024: a start by " + user + " from a shell may not open it",
                unit.map(known -> "add AmbientCapabilities=CAP_NET_BIND_SERVICE to " + known.file())
                        .orElse(
                                "start it by systemd (dist/palomar.service has AmbientCapabilities=CAP_NET_BIND_SERVICE),"
                                        + " or choose ports above 1023"));
    }

    private void openFiles() throws IOException {
        String process = serverRuns ? DataFolder.holder(settings.server().data()) : "self";
        Path limits = Path.of("/proc", process, "limits");
        if (!Files.isReadable(limits)) {
            return;
        }
        for (String line : Files.readAllLines(limits)) {
            if (line.startsWith("Max open files")) {
                openFiles(line.substring("Max open files".length()).trim().split(" +")[0]);
            }
        }
    }

    private void openFiles(String limit) {
        long wanted = SPARE_FILES;
        for (palomar.config.ListenerSettings listener : settings.listeners()) {
            wanted += listener.connections();
        }
        if (limit.equals("unlimited") || Long.parseLong(limit) >= wanted) {
            findings.add(Finding.ok("open files", limit));
        } else {
            findings.add(Finding.warn(
                    "open files",
                    "at most " + limit + ", but the listeners allow " + wanted + " connections and files",
                    "raise it (systemd: LimitNOFILE=" + wanted + ") or lower listener.connections"));
        }
    }

    private void libcrypt() {
        findings.add(
                NativeCrypt.available()
                        ? Finding.ok("libcrypt", "found")
                        : Finding.warn(
                                "libcrypt",
                                "not found: CRYPT passwords of passwd-files can't be checked",
                                "install libcrypt1 (Debian, Ubuntu) or libxcrypt"));
    }
}
