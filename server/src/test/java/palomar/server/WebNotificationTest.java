package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import palomar.config.SettingsFile;
import palomar.server.command.CommandLines;
import palomar.webhook.WebServer;

/// From a delivery by a script to a web server, with a restart in between.
@Timeout(240)
class WebNotificationTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Path file() {
        return folder.resolve("palomar.toml");
    }

    private Plan plan(String settings) throws Exception {
        Files.writeString(file(), """
                log.level = "error"
                [server]
                data = "%s"
                name = "mail.example.org"
                [[auth.passdb]]
                driver = "static"
                password = "{PLAIN}x"
                [[auth.userdb]]
                driver = "static"
                allow_all_users = true
                [[listener]]
                protocol = "lmtp"
                path = "%s/lmtp"
                [relay]
                retry = "1s"
                [sieve.settings]
                %s
                """.formatted(folder.resolve("data"), folder, settings));
        return Plan.configured(SettingsFile.load(file()).orThrow(), file());
    }

    private String settings(WebServer web) {
        return "sieve_notify_https_hosts = \"localhost\"\nsieve_notify_https_ca_file = \"" + web.authority() + "\"";
    }

    private int run(String input, String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        out.reset();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return CommandLines.run(terminal, line.toArray(String[]::new));
    }

    private void script(WebServer web) throws Exception {
        Path script = Files.writeString(
                folder.resolve("n.sieve"),
                "require \"enotify\"; notify :message \"new\" \"https://localhost:" + web.port() + "/hook\";");
        int code =
                run("", "sieve", "put", "-c", file().toString(), "--user", "joe", "n", script.toString(), "--activate");
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    }

    private void deliver(String subject) {
        int code = run("Subject: " + subject + "\n\nbody\n", "deliver", "-c", file().toString(), "-u", "joe");
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    }

    private String log() {
        assertThat(run("", "sieve", "log", "-c", file().toString(), "--user", "joe"))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aNotificationWaitsForItsServerOverARestart() throws Exception {
        try (WebServer web = new WebServer(folder.resolve("web"))) {
            Plan plan = plan(settings(web));
            web.answer(503);
            try (House house = House.start(plan, Clock.systemUTC())) {
                assertThat(house.listeners()).hasSize(1);
                script(web);
                deliver("one");
                assertThat(web.next().body()).contains("\"user\":\"joe\"", "\"subject\":\"one\"", "\"text\":\"new\"");
            }
            web.answer(204);
            int before = web.requests().size();
            try (House house = House.start(plan, Clock.systemUTC())) {
                assertThat(house.listeners()).hasSize(1);
                while (web.requests().size() == before) {
                    web.next();
                }
                assertThat(web.requests().getLast().body()).contains("\"subject\":\"one\"");
            }
        }
    }

    @Test
    void whatFailsForGoodStandsInTheUsersLog() throws Exception {
        try (WebServer web = new WebServer(folder.resolve("web"));
                House house = House.start(plan(settings(web)), Clock.systemUTC())) {
            web.answer(404);
            script(web);
            deliver("one");
            web.next();
            while (house.outbox().size() > 0) {
                Thread.onSpinWait();
            }
            assertThat(log()).contains("failed to notify https://localhost:" + web.port() + "/hook", "HTTP status 404");
        }
    }

    @Test
    void clientsAreToldOfTheWebOnlyWhereTheOperatorAllowsAHost() throws Exception {
        assertThat(SieveLanguage.check(plan("").settings()).abilities().notifications())
                .containsExactly("mailto");
        assertThat(SieveLanguage.check(plan("sieve_notify_https_hosts = \"*\"").settings())
                        .abilities()
                        .notifications())
                .containsExactly("mailto", "https");
    }
}
