package palomar.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Looks at the data directory: that it is there, ours, closed to others, writable, with room, and not from the
/// future.
final class FolderCheckup {
    private static final long LITTLE_ROOM = 2L << 30;
    private static final long NO_ROOM = 100L << 20;
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Path folder;
    private final String user;
    private final InstantSource clock;
    private final Optional<SystemdUnit> unit;
    private final List<Finding> findings = new ArrayList<>();

    FolderCheckup(Path folder, String user, InstantSource clock, Optional<SystemdUnit> unit) {
        this.unit = unit;
        this.folder = folder;
        this.user = user;
        this.clock = clock;
    }

    List<Finding> run() throws IOException {
        if (!Files.isDirectory(folder)) {
            missing();
            return findings;
        }
        boolean ours = ownership();
        permissions();
        if (!ours && !Files.isWritable(folder)) {
            return findings; // said already
        }
        if (!writable()) {
            return findings;
        }
        room(Files.getFileStore(folder));
        clock();
        return findings;
    }

    private void missing() {
        if (Files.exists(folder)) {
            findings.add(Finding.fail("data directory", folder + " is not a directory", "set server.data to one"));
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        boolean canMake = parent != null && Files.isDirectory(parent) && Files.isWritable(parent);
        if (canMake) {
            findings.add(Finding.ok("data directory", folder + " is missing; the first start makes it"));
        } else if (unit.isPresent() && unit.get().makes(folder.toAbsolutePath())) {
            findings.add(Finding.ok(
                    "data directory", folder + " is missing; " + unit.get().file() + " makes it at the first start"));
        } else {
            findings.add(Finding.fail(
                    "data directory",
                    folder + " is missing and " + user + " can't make it",
                    "as root: install -d -m 0700 -o " + user + " " + folder));
        }
    }

    private boolean ownership() throws IOException {
        String owner = Files.getOwner(folder).getName();
        if (owner.equals(user)) {
            findings.add(Finding.ok("data directory", folder + ", owned by " + owner));
        } else {
            findings.add(Finding.fail(
                    "data directory",
                    folder + " belongs to " + owner + ", but this is " + user,
                    "run Palomar and its commands as " + owner + ", or as root: chown -R " + user + " " + folder));
        }
        return owner.equals(user);
    }

    private void permissions() throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
        String text = PosixFilePermissions.toString(permissions);
        boolean open = permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE);
        if (open) {
            findings.add(Finding.warn(
                    "permissions", folder + " is " + text + ": others may read mail", "chmod 0700 " + folder));
        } else {
            findings.add(Finding.ok("permissions", text));
        }
    }

    private boolean writable() {
        try {
            Path probe = Files.createTempFile(folder, ".doctor", null);
            long before = System.nanoTime();
            try (FileChannel file = FileChannel.open(probe, StandardOpenOption.WRITE)) {
                file.write(java.nio.ByteBuffer.allocate(4096));
                file.force(true);
            } finally {
                Files.deleteIfExists(probe);
            }
            double millis = (System.nanoTime() - before) / 1e6;
            String text = "4 KiB written and synced in " + Math.round(millis * 10) / 10.0 + " ms";
            findings.add(
                    millis < 100
                            ? Finding.ok("disk speed", text)
                            : Finding.warn(
                                    "disk speed",
                                    text,
                                    "each delivery waits for a sync: look for a busy or failing disk"));
            return true;
        } catch (IOException failed) {
            findings.add(Finding.fail(
                    "data directory",
                    "can't write in " + folder + ": " + IoText.of(failed),
                    "check mount options and free space"));
            return false;
        }
    }

    private void room(FileStore store) throws IOException {
        long free = store.getUsableSpace();
        long percent = store.getTotalSpace() == 0 ? 100 : free * 100 / store.getTotalSpace();
        String text = (free >> 20) + " MiB free (" + percent + " %)";
        if (free < NO_ROOM) {
            findings.add(
                    Finding.fail("disk space", text, "deliveries will be refused with 452: make room on " + store));
        } else if (free < LITTLE_ROOM || percent < 5) {
            findings.add(Finding.warn("disk space", text, "make room on " + store));
        } else {
            findings.add(Finding.ok("disk space", text));
        }
    }

    /// A clock that stands before what was written already is wrong now, or was then.
    private void clock() throws IOException {
        Instant newest = Instant.EPOCH;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Instant changed = Files.getLastModifiedTime(file).toInstant();
                newest = changed.isAfter(newest) ? changed : newest;
            }
        }
        Instant now = clock.instant();
        if (newest.isAfter(now.plus(SKEW))) {
            findings.add(Finding.fail(
                    "clock",
                    "it is " + now + ", but files in " + folder + " were changed at " + newest,
                    "set the clock (timedatectl) before mail is given wrong dates"));
        } else {
            findings.add(Finding.ok("clock", now.toString()));
        }
    }
}
