package palomar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {

    private static List<String> problems(String toml) {
        return SettingsFile.parse("p.toml", toml).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void anEmptyFileGivesEveryDefault() {
        PalomarSettings settings = SettingsFile.parse("p.toml", "").orThrow();
        assertThat(settings).isEqualTo(PalomarSettings.defaults());
        assertThat(settings.server().grace()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.listeners())
                .extracting(ListenerSettings::where)
                .containsExactly("*:143", "*:993", "/var/lib/palomar/lmtp.sock");
    }

    @Test
    void valuesOfEveryKindAreRead() {
        PalomarSettings settings = SettingsFile.parse("p.toml", """
                [server]
                data = "/srv/mail"
                name = "mx.example.org"
                grace = "1500ms"
                [[listener]]
                protocol = "imaps"
                address = "::1"
                port = 1993
                proxy_protocol = ["10.0.0.0/8", "2001:db8::/32"]
                [[listener]]
                protocol = "lmtp"
                path = "/run/lmtp.sock"
                mode = "0600"
                [imap]
                max_line = "1MiB"
                [storage]
                compression = true
                sync = "all"
                [log]
                format = "json"
                [log.levels]
                "imap.login" = "debug"
                """).orThrow();
        assertThat(settings.server().data()).isEqualTo(Path.of("/srv/mail"));
        assertThat(settings.server().name()).contains("mx.example.org");
        assertThat(settings.server().grace()).isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.listeners())
                .extracting(ListenerSettings::where)
                .containsExactly("[::1]:1993", "/run/lmtp.sock");
        assertThat(settings.listeners().getFirst().proxyProtocol())
                .hasToString("[10.0.0.0/8, 2001:db8:0:0:0:0:0:0/32]");
        assertThat(settings.listeners().getLast().mode().permissions()).hasSize(2);
        assertThat(settings.imap().maxLine()).isEqualTo(new ByteSize(1 << 20));
        assertThat(settings.storage().compression()).isTrue();
        assertThat(settings.storage().sync()).isEqualTo(StorageSection.Sync.ALL);
        assertThat(settings.log().levels()).containsEntry("imap.login", LogSection.Level.DEBUG);
    }

    @Test
    void everyProblemIsReportedInOnePassWithItsPlace() {
        assertThat(problems("""
                [server]
                daat = "/srv"
                grace = 30
                [limits]
                sessions_per_user = 0
                conections_per_address = 5
                [imap]
                max_line = "1KB"
                [storage]
                sync = "mial"
                [[listener]]
                protocol = "imap"
                port = 70000
                [lgo]
                level = "info"
                """))
                .containsExactly(
                        "p.toml:2:1: unknown key \"daat\" in [server]; did you mean \"data\"?",
                        "p.toml:3:1: \"grace\" must be a duration like \"30s\", \"5m\" or \"2h\", found the integer 30",
                        "p.toml:5:1: \"sessions_per_user\" must be at least 1, found 0",
                        "p.toml:6:1: unknown key \"conections_per_address\" in [limits];"
                                + " did you mean \"connections_per_address\"?",
                        "p.toml:8:1: \"max_line\" must be a size like \"64KiB\" or \"50MiB\", found the string \"1KB\"",
                        "p.toml:10:1: \"sync\" must be one of \"all\", \"mail\", \"none\","
                                + " found the string \"mial\"; did you mean \"mail\"?",
                        "p.toml:13:1: \"port\" must be at most 65535, found 70000",
                        "p.toml:14:1: unknown key \"lgo\" at the top; did you mean \"log\"?");
    }

    @Test
    void aKeyInTheWrongTableIsSentToItsOwn() {
        assertThat(problems("idle_timeout = \"30m\"\n"))
                .containsExactly(
                        "p.toml:1:1: unknown key \"idle_timeout\" at the top; \"idle_timeout\" belongs in [imap]");
    }

    @Test
    void otherSpellingsOfAKeyAreNamed() {
        assertThat(problems("[imap]\nidle-timeout = \"30m\"\nmaxLine = \"64KiB\"\n"))
                .containsExactly(
                        "p.toml:2:1: unknown key \"idle-timeout\" in [imap]; did you mean \"idle_timeout\"?",
                        "p.toml:3:1: unknown key \"maxLine\" in [imap]; did you mean \"max_line\"?");
    }

    @Test
    void syntaxErrorsAndWrongKeysComeTogether() {
        List<String> problems = problems("[server]\ndata = /srv\n[imap]\nidle = 3\n");
        assertThat(problems).hasSizeGreaterThanOrEqualTo(2);
        assertThat(problems.getFirst()).startsWith("p.toml:2:8: Unexpected '/'");
        assertThat(problems.getLast()).startsWith("p.toml:4:1: unknown key \"idle\" in [imap]");
    }

    @Test
    void combinationsThatCanNotWorkAreRefused() {
        assertThat(problems("""
                [[listener]]
                port = 143
                path = "/run/x"
                [[listener]]
                address = "mail.example.org"
                [tls]
                client_certificate = "required"
                min_version = "1.0"
                [[tls.certificate]]
                chain = "/etc/chain.pem"
                [auth]
                failure_delay = "20s"
                [[auth.passdb]]
                driver = "static"
                """))
                .containsExactly(
                        "p.toml:2:1: [listener[0]] \"port\" and \"path\" exclude each other",
                        "p.toml:5:1: [listener[1]] \"address\" must be an IP address or \"*\", found \"mail.example.org\"",
                        "p.toml:9:1: \"key\" is missing in [tls.certificate[0]]",
                        "p.toml:13:1: [auth.passdb[0]] driver \"static\" needs \"password\"");
        assertThat(problems("[tls]\nclient_certificate = \"required\"\nmin_version = \"1.0\"\n"))
                .containsExactly(
                        "p.toml:2:1: [tls] \"client_certificate\" needs \"client_ca\"",
                        "p.toml:3:1: [tls] \"min_version\" must be \"1.2\" or \"1.3\", found \"1.0\"");
        assertThat(problems("[tls]\nmin_version = \"1.3\"\ncipher_suites = [\"TLS_AES_128_GCM_SHA257_WITH_\"]\n"))
                .containsExactly(
                        "p.toml:3:1: [tls] this Java has no cipher suite \"TLS_AES_128_GCM_SHA257_WITH_\"; did you mean"
                                + " \"TLS_AES_128_GCM_SHA256\"?",
                        "p.toml:3:1: [tls] \"cipher_suites\" has none for TLS 1.3");
    }

    @Test
    void twoListenersOnOneAddressAreRefused() {
        assertThat(problems("[[listener]]\nport = 1143\n[[listener]]\nprotocol = \"imaps\"\nport = 1143\n"))
                .containsExactly("p.toml:5:1: [listener[1]] listens on *:1143 like listener[0]");
    }

    @Test
    void tablesAndListsInTheWrongPlaceAreNamed() {
        assertThat(problems("server = 3\n[listener]\nport = 1\n[tls]\ncertificate = \"x\"\n"))
                .containsExactly(
                        "p.toml:1:1: \"server\" is a table: write [server], found the integer 3",
                        "p.toml:2:1: \"listener\" is a list of tables: write [[listener]], found a table",
                        "p.toml:5:1: \"certificate\" is a list of tables: write [[tls.certificate]],"
                                + " found the string \"x\"");
    }

    @Test
    void unreadableFilesAreProblemsToo(@TempDir Path folder) throws Exception {
        Path latin1 = folder.resolve("latin1.toml");
        Files.write(latin1, "[server]\nname = \"m\u00e4il\"\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(SettingsFile.load(latin1).problems()).hasToString("[" + latin1 + ": is not UTF-8]");
        Path missing = folder.resolve("missing.toml");
        assertThat(SettingsFile.load(missing).problems()).hasToString("[" + missing + ": no such file]");
    }

    @Test
    void showPrintsTomlThatGivesTheSameSettings() {
        String toml = """
                [server]
                name = "a\\"b"
                [[listener]]
                port = 1143
                [[auth.passdb]]
                path = "/etc/users"
                [[auth.userdb]]
                driver = "static"
                [auth.userdb.fields]
                home = "/home/%u"
                [log.levels]
                "imap.login" = "debug"
                """;
        SettingsFile.Loaded<PalomarSettings> loaded = SettingsFile.parse("p.toml", toml);
        String all = SettingsPrinter.print(loaded, false);
        assertThat(SettingsFile.parse("shown", all).orThrow()).as(all).isEqualTo(loaded.orThrow());
        assertThat(all).contains("name = \"a\\\"b\"").contains("# p.toml:2").contains("# default");
        String changed = SettingsPrinter.print(loaded, true);
        assertThat(SettingsFile.parse("shown", changed).orThrow()).as(changed).isEqualTo(loaded.orThrow());
        assertThat(changed).doesNotContain("# default");
    }

    @Test
    void showHidesSecrets() {
        String toml = """
                [[auth.passdb]]
                driver = "static"
                password = "{PLAIN}open sesame"
                [[auth.userdb]]
                driver = "static"
                """;
        assertThat(SettingsPrinter.print(SettingsFile.parse("p.toml", toml), false))
                .contains("password = \"(hidden)\"")
                .doesNotContain("sesame");
    }

    @Test
    void explainKnowsEveryKeyAndSuggests() {
        SettingsReference reference = SettingsReference.ofPalomar();
        assertThat(reference.explain("limits.sessions_per_user").orElseThrow())
                .contains("IMAP sessions of one user")
                .contains("Default: 100");
        assertThat(reference.explain("imap").orElseThrow()).contains("imap.idle_timeout");
        assertThat(reference.explain("idle_timeout")).isEmpty();
        assertThat(reference.near("idle_timeout")).contains("imap.idle_timeout", "managesieve.idle_timeout");
        assertThat(reference.near("imap.idel_timeout")).containsExactly("imap.idle_timeout");
    }

    @Test
    void aRelayThatCanNotBeIsRefused() {
        assertThat(problems("[relay]\nhost = \"[::1]\"\n"))
                .hasSize(1)
                .first()
                .asString()
                .contains("\"host\"");
        assertThat(problems("[relay]\nuser = \"u\"\n")).first().asString().contains("needs \"password\"");
        assertThat(problems("[relay]\npassword = \"p\"\n")).first().asString().contains("needs \"user\"");
        assertThat(problems("[relay]\nuser = \"u\"\npassword = \"p\"\npassword_file = \"/p\"\n"))
                .first()
                .asString()
                .contains("exclude each other");
        assertThat(problems("[relay]\nsendmail = [\"sendmail\"]\n"))
                .first()
                .asString()
                .contains("whole path");
        assertThat(problems("[relay]\npostmaster = \"a\\r\\n@b\"\n"))
                .first()
                .asString()
                .contains("mail address");
        assertThat(problems("[relay]\nretry = \"5h\"\n")).first().asString().contains("shorter than");
        assertThat(problems("[relay]\nhelo = \"a b\"\n")).first().asString().contains("must be a name");
    }

    @Test
    void aLoginAsksForAVerifiedRelay() {
        RelaySection usual = SettingsFile.parse("p.toml", "").orThrow().relay();
        assertThat(usual.verification()).isEqualTo(RelaySection.Verify.OPPORTUNISTIC);
        String login = "[relay]\nuser = \"u\"\npassword = \"p\"\n";
        assertThat(SettingsFile.parse("p.toml", login).orThrow().relay().verification())
                .isEqualTo(RelaySection.Verify.FULL);
        assertThat(SettingsFile.parse("p.toml", login + "verify = \"none\"\n")
                        .orThrow()
                        .relay()
                        .verification())
                .isEqualTo(RelaySection.Verify.NONE);
    }
}
