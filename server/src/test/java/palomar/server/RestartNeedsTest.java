package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import palomar.config.PalomarSettings;
import palomar.config.SettingsFile;

class RestartNeedsTest {
    private static PalomarSettings settings(String toml) {
        return SettingsFile.parse("p.toml", toml).orThrow();
    }

    private static final PalomarSettings STARTED = settings("");

    @Test
    void everyChangedSettingIsNamed() {
        PalomarSettings next = settings("""
                imap.idle_timeout = "29m"
                log.levels.imap = "debug"
                [server]
                user = "vmail"
                data = "/srv/mail"
                name = "a.example"
                [[listener]]
                port = 1143
                [storage]
                sync = "all"
                path = "/srv/loft"
                """);
        assertThat(RestartNeeds.lines(STARTED, STARTED, next))
                .containsExactly(
                        "changed: server.name",
                        "changed: listener",
                        "changed: imap.idle_timeout",
                        "changed: log.levels",
                        "changed, but in force only after a restart: server.data",
                        "changed, but in force only after a restart: server.user",
                        "changed, but in force only after a restart: storage.path",
                        "changed, but in force only after a restart: storage.sync");
    }

    @Test
    void whatWaitsForARestartIsSaidAtEachReload() {
        PalomarSettings next = settings("[storage]\ncompression = true\n");
        assertThat(RestartNeeds.lines(STARTED, next, next))
                .containsExactly("changed, but in force only after a restart: storage.compression");
        assertThat(RestartNeeds.lines(STARTED, next, STARTED)).isEmpty();
    }
}
