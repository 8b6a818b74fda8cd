package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.server.Finding.Verdict;

class FolderCheckupTest {
    private static final Instant NOW = Instant.parse("2036-01-01T00:00:00Z");

    private Optional<SystemdUnit> unit = Optional.empty();

    @TempDir
    private Path root;

    private List<Finding> check(Path folder, String user) throws Exception {
        return new FolderCheckup(folder, user, InstantSource.fixed(NOW), unit).run();
    }

    private static void assertVerdict(List<Finding> findings, String what, Verdict verdict) {
        assertThat(findings)
                .filteredOn(f -> f.what().equals(what))
                .extracting(Finding::verdict)
                .containsExactly(verdict);
    }

    @Test
    void aHealthyFolderIsFine() throws Exception {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        List<Finding> findings = check(root, Files.getOwner(root).getName());
        assertVerdict(findings, "data directory", Verdict.OK);
        assertVerdict(findings, "permissions", Verdict.OK);
        assertVerdict(findings, "clock", Verdict.OK);
        assertThat(findings).extracting(Finding::what).contains("disk speed", "disk space");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aFolderOfSomebodyElseFails() throws Exception {
        List<Finding> findings = check(root, "vmail");
        assertVerdict(findings, "data directory", Verdict.FAIL);
        assertThat(findings.toString()).contains("chown -R vmail");
    }

    @Test
    void aFolderThatOthersReadIsWarnedOf() throws Exception {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertVerdict(check(root, Files.getOwner(root).getName()), "permissions", Verdict.WARN);
    }

    @Test
    void filesFromTheFutureMeanAWrongClock() throws Exception {
        Path file = Files.writeString(root.resolve("x"), "");
        Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(3600)));
        assertVerdict(check(root, Files.getOwner(root).getName()), "clock", Verdict.FAIL);
    }

    @Test
    void aMissingFolderIsFineWhereItCanBeMade() throws Exception {
        assertVerdict(check(root.resolve("data"), "root"), "data directory", Verdict.OK);
        assertVerdict(check(root.resolve("no/such/parent"), "root"), "data directory", Verdict.FAIL);
    }

    @Test
    void aFileIsNoDirectory() throws Exception {
        assertVerdict(check(Files.writeString(root.resolve("f"), ""), "root"), "data directory", Verdict.FAIL);
    }
}
