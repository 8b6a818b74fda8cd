package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.config.SettingsFile;
import palomar.server.Finding.Verdict;

class FileCheckupTest {
    private Optional<SystemdUnit> unit = Optional.empty();

    @TempDir
    private Path root;

    private Path data;

    @BeforeEach
    void makeData() throws Exception {
        data = Files.createDirectory(root.resolve("data"));
    }

    private List<Finding> check(boolean serverRuns, String toml) throws Exception {
        String text = "[server]\ndata = \"" + data + "\"\n" + toml;
        return new FileCheckup(SettingsFile.parse("p.toml", text).orThrow(), serverRuns, unit).run();
    }

    private static String socket(Path path) {
        return "[[listener]]\nprotocol = \"lmtp\"\npath = \"" + path + "\"\n";
    }

    private static Verdict verdict(List<Finding> findings, String what) {
        return findings.stream()
                .filter(finding -> finding.what().equals(what))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void aSocketNeedsItsDirectory() throws Exception {
        assertThat(verdict(check(false, socket(root.resolve("lmtp.sock"))), "socket"))
                .isEqualTo(Verdict.OK);
        assertThat(verdict(check(false, socket(root.resolve("none/lmtp.sock"))), "socket"))
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void theDirectoryOfASocketMayComeWithTheStart() throws Exception {
        Finding missing =
                check(false, socket(Path.of("/run/palomar-none/lmtp.sock"))).getFirst();
        assertThat(missing.verdict()).isEqualTo(Verdict.WARN);
        assertThat(missing.remedy()).contains("RuntimeDirectory").contains("install -d");
        unit = Optional.of(new SystemdUnit(Path.of("u.service"), List.of("RuntimeDirectory=a palomar-none")));
        Finding made =
                check(false, socket(Path.of("/run/palomar-none/lmtp.sock"))).getFirst();
        assertThat(made.verdict()).isEqualTo(Verdict.OK);
        assertThat(made.text()).contains("u.service makes /run/palomar-none");
    }

    @Test
    void aSocketOfARunningServerMustBeThere() throws Exception {
        Path path = root.resolve("lmtp.sock");
        assertThat(verdict(check(true, socket(path)), "socket")).isEqualTo(Verdict.WARN);
        Files.createFile(path);
        assertThat(verdict(check(true, socket(path)), "socket")).isEqualTo(Verdict.OK);
    }

    @Test
    void theUsersFileIsClosedToOthers() throws Exception {
        String listener = socket(root.resolve("lmtp.sock"));
        assertThat(verdict(check(false, listener), "users")).isEqualTo(Verdict.WARN);
        Path users = Files.createFile(data.resolve("users"));
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(verdict(check(false, listener), "users")).isEqualTo(Verdict.WARN);
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(verdict(check(false, listener), "users")).isEqualTo(Verdict.OK);
    }

    @Test
    void aKeyThatEverybodyMayReadIsNamed() throws Exception {
        Path key = Files.createFile(root.resolve("key.pem"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        String toml = "[[tls.certificate]]\nchain = \"" + root + "/chain.pem\"\nkey = \"" + key + "\"\n";
        assertThat(verdict(check(false, toml), "key")).isEqualTo(Verdict.WARN);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertThat(verdict(check(false, toml), "key")).isEqualTo(Verdict.OK);
    }

    @Test
    void aLogNeedsItsDirectory() throws Exception {
        assertThat(verdict(check(false, "[log]\nfile = \"" + root + "/palomar.log\"\n"), "log"))
                .isEqualTo(Verdict.OK);
        assertThat(verdict(check(false, "[log]\nfile = \"" + root + "/none/palomar.log\"\n"), "log"))
                .isEqualTo(Verdict.FAIL);
    }
}
