package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palomar.server.command.CommandLines;

class CommandLineTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return runWith("", args);
    }

    private int runWith(String input, String... args) {
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return CommandLines.run(terminal, args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String file(String toml) throws Exception {
        return Files.writeString(folder.resolve("p.toml"), toml).toString();
    }

    @Test
    void withoutACommandTheListIsShownAsAUsageError() {
        assertThat(run()).isEqualTo(64);
        assertThat(err()).contains("serve ").contains("doctor ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "config",
                "user",
                "auth",
                "password",
                "deliver",
                "doctor",
                "reload",
                "stop",
                "status",
                "who",
                "kick",
                "loft",
                "log",
                "version"
            })
    void everyCommandHasHelp(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out()).contains("Usage: palomar " + command).contains("--help");
    }

    @Test
    void helpIsAlsoAWord() {
        assertThat(run("help")).isZero();
        assertThat(out()).contains("Usage: palomar [-h] COMMAND");
        assertThat(run("help", "user", "add")).isZero();
        assertThat(out()).contains("Usage: palomar user add");
        assertThat(err()).isEmpty();
    }

    @Test
    void slipsAreSuggested() {
        assertThat(run("serv")).isEqualTo(64);
        assertThat(err()).contains("palomar serve");
        assertThat(run("serve", "--dem")).isEqualTo(64);
        assertThat(err()).contains("--demo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve --data /tmp/x",
                "serve --demo --config x.toml",
                "serve --demo --base-port 70000",
                "serve --demo --base-port many",
                "log loud",
                "kick",
                "frob",
                "loft frob",
                "loft export",
                "deliver",
                "deliver -u joe --from a@b@c"
            })
    void wrongUseEndsWith64(String line) {
        assertThat(run(line.split(" "))).isEqualTo(64);
        assertThat(err()).startsWith("palomar: ");
    }

    @Test
    void checkReportsEveryProblemAndEndsWith78() throws Exception {
        String file = file("[server]\ndaat = 1\n[imap]\nidle_timeout = 3\n");
        assertThat(run("config", "check", file)).isEqualTo(78);
        assertThat(err())
                .contains(file + ":2:1: unknown key \"daat\"")
                .contains(file + ":4:1: ")
                .contains("2 problems");
        assertThat(run("config", "check", folder.resolve("missing").toString())).isEqualTo(78);
    }

    @Test
    void checkIsQuietlyContentWithAGoodFile() throws Exception {
        assertThat(run("config", "check", file("[server]\ndata = \"/srv\"\n"))).isZero();
        assertThat(out()).endsWith("p.toml: ok\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void showNamesTheLineOfEachSetting() throws Exception {
        assertThat(run("config", "show", "--changed", file("\n[server]\ndata = \"/srv\"\n")))
                .isZero();
        assertThat(out()).contains("data = \"/srv\"").contains("p.toml:3").doesNotContain("default");
    }

    @Test
    void explainTakesAKeyWithoutItsTable() {
        assertThat(run("config", "explain", "idle_timeout")).isZero();
        assertThat(out()).startsWith("imap.idle_timeout");
        assertThat(run("config", "explain", "imap.idel_timeout")).isEqualTo(65);
        assertThat(err()).contains("did you mean imap.idle_timeout?");
    }

    @Test
    void operatorsAreToldWhenNoServerRuns() throws Exception {
        assertThat(run("who", "--data", folder.toString())).isEqualTo(69);
        assertThat(err()).contains("no server answers on " + folder);
        assertThat(run("reload", "--config", file("[server]\ndata = \"" + folder + "\"\n")))
                .isEqualTo(69);
    }

    @Test
    void doctorFindsWhatIsWrong() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        String toml = "[server]\ndata = \"" + data + "\"\n[[listener]]\naddress = \"192.0.2.1\"\nport = 1143\n"
                + "[[tls.certificate]]\nchain = \"/nonexistent/chain.pem\"\nkey = \"/nonexistent/key.pem\"\n";
        assertThat(run("doctor", "--config", file(toml))).isEqualTo(1);
        assertThat(out())
                .contains("OK    java: ")
                .contains("OK    data directory: " + data)
                .contains("FAIL  port: can't listen on 192.0.2.1:1143")
                .contains("FAIL  certificate: ")
                .contains("-> ");
        assertThat(run("doctor", "--config", file("nonsense = 1\n"))).isEqualTo(78);
        assertThat(out()).contains("FAIL  configuration: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config check", "config show", "config explain", "user add", "user list", "user password",
                "user remove", "loft verify", "loft stats", "loft compact", "loft export", "loft rebuild"
            })
    void everySubcommandHasHelp(String line) {
        assertThat(run((line + " --help").split(" "))).isZero();
        assertThat(out()).contains("Usage: palomar " + line).contains("--help");
    }

    @Test
    void theVersionIsAnOptionToo() {
        assertThat(run("--version")).isZero();
        assertThat(out()).startsWith("palomar ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "stats", "compact", "rebuild", "export --output out"})
    void aStoreThatIsNotThereIsNotMade(String line) {
        Path none = folder.resolve("none");
        assertThat(run(("loft " + line + " --data " + none).split(" "))).isEqualTo(66);
        assertThat(err()).contains("there is no store in " + none);
        assertThat(none).doesNotExist();
    }

    @Test
    void aStoreThatIsFineIsVerifiedWithZero() throws Exception {
        Files.createDirectories(folder.resolve("d/loft"));
        assertThat(run("loft", "verify", "--data", folder.resolve("d").toString()))
                .isZero();
        assertThat(out()).contains("no damage found");
        assertThat(run(
                        "loft",
                        "export",
                        "--user",
                        "nobody",
                        "--output",
                        folder.resolve("x").toString(),
                        "--data",
                        folder.resolve("d").toString()))
                .isEqualTo(67);
    }

    @Test
    void aNewUserHasKeysForScramAndHisLoginCanBeTried() throws Exception {
        String file = file("[server]\ndata = \"" + folder + "/data\"\n[auth]\nfailure_delay = \"0s\"\n");
        assertThat(runWith("geheim\n", "user", "add", "joe", "--stdin", "-c", file))
                .isZero();
        assertThat(folder.resolve("data/users"))
                .content()
                .startsWith("joe:{ARGON2ID}$")
                .contains("scram_sha_1=", "scram_sha_256=", ",50000,");
        assertThat(runWith("geheim\n", "auth", "test", "joe", "--stdin", "-c", file))
                .isZero();
        assertThat(out()).contains("user joe", "scram offered");
        assertThat(runWith("wrong\n", "auth", "test", "joe", "--stdin", "-c", file))
                .isEqualTo(77);
        assertThat(out()).contains("denied: ").contains("wrong password");
        assertThat(runWith("x\n", "auth", "test", "joe", "--stdin", "--from", "host", "-c", file))
                .isEqualTo(64);
        assertThat(runWith("neu\n", "user", "password", "joe", "--stdin", "--no-scram", "-c", file))
                .isZero();
        assertThat(folder.resolve("data/users")).content().doesNotContain("scram");
        assertThat(runWith("neu\n", "auth", "test", "joe", "--stdin", "-c", file))
                .isZero();
        assertThat(out()).contains("scram not offered");
        assertThat(runWith("neu\n", "user", "password", "joe", "--stdin", "--scheme", "SCRAM-SHA-256", "-c", file))
                .isZero();
        assertThat(folder.resolve("data/users"))
                .content()
                .startsWith("joe:{SCRAM-SHA-256}50000,")
                .contains("scram_sha_1=")
                .doesNotContain("scram_sha_256");
        assertThat(runWith("neu\n", "auth", "test", "joe", "--stdin", "-c", file))
                .isZero();
    }

    @Test
    void passwordsAreHashedForOtherDatabases() {
        assertThat(runWith("geheim\n", "password", "hash", "--stdin", "--scheme", "scram-sha-1"))
                .isZero();
        assertThat(out()).startsWith("{SCRAM-SHA-1}50000,");
        assertThat(runWith("geheim\n", "password", "hash", "--stdin", "--scheme", "rot13"))
                .isEqualTo(64);
        assertThat(runWith("", "password", "hash", "--stdin")).isEqualTo(65);
    }

    @Test
    void namesThatAPasswdFileCantHoldAreRefused() throws Exception {
        String file = file("[server]\ndata = \"" + folder + "/data\"\n");
        assertThat(runWith("geheim\n", "user", "add", "a:b", "--stdin", "-c", file))
                .isEqualTo(65);
        assertThat(err()).startsWith("palomar: user name must not");
    }

    @Test
    void anMtaKeepsItsMailWhateverIsWrongHere() throws Exception {
        String broken = file("frob = 1\n");
        assertThat(run("deliver", "-u", "joe", "-c", broken)).isEqualTo(75);
        assertThat(run("deliver", "-u", "joe", "-c", folder.resolve("none").toString()))
                .isEqualTo(75);
        Path notADirectory = Files.createFile(folder.resolve("data"));
        assertThat(run("deliver", "-u", "joe", "--data", notADirectory.toString()))
                .isEqualTo(75);
        assertThat(err()).doesNotContain("Exception");
    }

    @Test
    void aBrokenFileDoesNotHideTheRunningServer() throws Exception {
        String broken = file("frob = 1\n");
        for (String command : List.of("who", "stop", "reload")) {
            assertThat(run(command, "-c", broken)).isEqualTo(78);
        }
        assertThat(err()).contains("unknown key \"frob\"").contains("--data DIR reaches it");
    }
}
