package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliIT {
    @TempDir
    private Path folder;

    @Test
    void configurationErrorsComeAllAtOnceWithTheirPlaces() throws Exception {
        Path file = Files.writeString(folder.resolve("p.toml"), "[server]\ndaat = \"x\"\n[imap]\nidle_timeout = 5\n");
        Result check = Palomar.run("config", "check", file.toString());
        assertThat(check.code()).isEqualTo(78);
        assertThat(check.err())
                .contains(file + ":2:1: unknown key \"daat\" in [server]; did you mean \"data\"?")
                .contains(file + ":4:1: ")
                .contains("2 problems");
        assertThat(Palomar.run("serve", "--config", file.toString()).code()).isEqualTo(78);
    }

    @Test
    void usersAreAddedListedAndRemoved() throws Exception {
        String file = Files.writeString(folder.resolve("p.toml"), "[server]\ndata = \"" + folder + "/data\"\n")
                .toString();
        assertThat(Palomar.runWith("secret words\n", "user", "add", "alice", "--stdin", "-c", file)
                        .code())
                .isZero();
        assertThat(Palomar.runWith("other\n", "user", "add", "alice", "--stdin", "-c", file)
                        .code())
                .isEqualTo(65);
        assertThat(Palomar.run("user", "list", "-c", file).out()).isEqualTo("alice\n");
        assertThat(Files.readString(folder.resolve("data/users")))
                .startsWith("alice:{ARGON2ID}")
                .doesNotContain("secret");
        assertThat(Palomar.runWith("new words\n", "user", "password", "alice", "--stdin", "-c", file)
                        .code())
                .isZero();
        assertThat(Palomar.runWith("x\n", "user", "password", "bob", "--stdin", "-c", file)
                        .code())
                .isEqualTo(67);
        assertThat(Palomar.run("user", "remove", "alice", "-c", file).code()).isZero();
        assertThat(Palomar.run("user", "remove", "alice", "-c", file).code()).isEqualTo(67);
        assertThat(Palomar.run("user", "list", "-c", file).out()).isEmpty();
    }

    @Test
    void anOperatorSeesAndEndsSessions() throws Exception {
        Path data = folder.resolve("demo");
        try (Palomar palomar = Palomar.demo(data, Palomar.freeBasePort());
                ImapWire imap = ImapWire.login(palomar.imap(), "alice")) {
            imap.ok("SELECT INBOX");
            Result who = Palomar.run("who", "--data", data.toString());
            assertThat(who.out()).contains("alice").contains("imap").contains("127.0.0.1");
            assertThat(Palomar.run("kick", "bob", "--data", data.toString()).code())
                    .isEqualTo(67);
            assertThat(Palomar.run("kick", "alice", "--data", data.toString()).out())
                    .isEqualTo("1 session ended\n");
            assertThat(imap.nextLine()).startsWith("* BYE");
            assertThat(Palomar.run("stop", "--data", data.toString()).code()).isZero();
            assertThat(Palomar.run("who", "--data", data.toString()).code()).isEqualTo(69);
        }
    }
}
