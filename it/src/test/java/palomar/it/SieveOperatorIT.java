package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scripts in a real server, as docs/operate/sieve.md tells operators.
class SieveOperatorIT {
    @TempDir
    private Path folder;

    private Path script(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static void taken(String answer) {
        assertThat(answer).startsWith("250");
    }

    @Test
    void theChainRunsInItsOrder() throws Exception {
        script("before/b.sieve", "require [\"editheader\", \"variables\"]; addheader :last \"X-Order\" \"b\";");
        script("before/a.sieve", "require \"editheader\"; addheader :last \"X-Order\" \"a\";");
        Path usual = script("default.sieve", "require [\"fileinto\", \"mailbox\"]; fileinto :create \"Usual\";");
        Path discard = script("discard.sieve", "require [\"fileinto\", \"mailbox\"]; fileinto :create \"Bin\";");
        script(
                "after/z.sieve",
                "require [\"fileinto\", \"mailbox\", \"index\"];"
                        + "if allof(header :index 1 \"X-Order\" \"a\", header :index 2 \"X-Order\" \"b\")"
                        + " { fileinto :create \"After\"; }");
        SieveSite site = new SieveSite(
                folder,
                "[sieve]\nbefore = [\"" + folder + "/before\"]\nafter = [\"" + folder + "/after\"]\ndefault_script = \""
                        + usual + "\"\ndiscard_script = \"" + discard + "\"\n");
        try (Palomar palomar = site.start()) {
            taken(site.deliver("1", "usual"));
            site.script("if header \"subject\" \"drop\" { discard; }");
            taken(site.deliver("2", "own"));
            taken(site.deliver("3", "drop"));
            assertThat(site.subjects("Usual")).containsExactly("usual");
            assertThat(site.subjects("After")).containsExactly("own");
            assertThat(site.subjects("Bin")).containsExactly("drop");
            assertThat(site.subjects("INBOX")).isEmpty();
            assertThat(palomar.err()).doesNotContain("sieve.script");
        }
    }

    @Test
    void whatIsRememberedSurvivesKillAndRestart() throws Exception {
        SieveSite site = new SieveSite(folder, "[sieve]\ncreate_mailboxes = true\nsubscribe_mailboxes = true\n");
        String script = """
                require ["duplicate", "vacation", "fileinto"];
                if header "subject" "away" { vacation :days 7 :subject "Away" "I am away"; }
                elsif duplicate { fileinto "Again"; } else { fileinto "First"; }
                """;
        try (Palomar palomar = site.start()) {
            site.script(script);
            taken(site.deliver("1", "one"));
            taken(site.deliver("2", "away"));
            assertThat(site.say("queue", "list")).contains("messages: 1");
            palomar.kill();
        }
        try (Palomar palomar = site.start();
                ImapWire imap = site.login()) {
            taken(site.deliver("1", "one, once more"));
            taken(site.deliver("3", "away"));
            assertThat(site.say("queue", "list")).contains("messages: 1");
            assertThat(site.subjects("First")).containsExactly("one");
            assertThat(site.subjects("Again")).containsExactly("one, once more");
            assertThat(site.subjects("INBOX")).containsExactly("away", "away");
            assertThat(imap.ok("LSUB \"\" *").toString()).contains("First").contains("Again");
            assertThat(palomar.err()).contains("has had one");
        }
    }

    @Test
    void aSnoozedMessageIsWokenOnceByTheServerThatRunsThen() throws Exception {
        SieveSite site = new SieveSite(folder, "");
        Instant due;
        try (Palomar palomar = site.start()) {
            due = Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS);
            LocalTime time = due.atZone(ZoneOffset.UTC).toLocalTime();
            site.script("require [\"snooze\", \"imap4flags\"]; snooze :addflags \"$awakened\" :tzid \"Etc/UTC\" \""
                    + String.format(java.util.Locale.ROOT, "%tH:%<tM:%<tS", time) + "\";");
            taken(site.deliver("1", "later"));
            assertThat(site.subjects("Snoozed")).containsExactly("later");
            palomar.kill();
        }
        try (Palomar palomar = site.start();
                ImapWire imap = site.login()) {
            for (int i = 0; i < 600 && site.subjects("INBOX").isEmpty(); i++) {
                LockSupport.parkNanos(100_000_000);
            }
            assertThat(Instant.now()).isAfterOrEqualTo(due);
            assertThat(site.subjects("INBOX")).containsExactly("later");
            assertThat(site.subjects("Snoozed")).isEmpty();
            imap.ok("EXAMINE INBOX");
            assertThat(imap.ok("FETCH 1 FLAGS").toString()).contains("$awakened");
            assertThat(imap.ok("LIST (SPECIAL-USE) \"\" *").toString()).contains("\\Snoozed");
            palomar.kill();
        }
        try (Palomar palomar = site.start()) {
            assertThat(site.subjects("INBOX")).containsExactly("later");
            assertThat(palomar.isAlive()).isTrue();
        }
    }

    @Test
    void everyCommandOfTheGuideWithAServerAndWithoutOne() throws Exception {
        SieveSite site = new SieveSite(folder, "");
        try (Palomar palomar = site.start()) {
            commands(site);
            assertThat(palomar.isAlive()).isTrue();
        }
        commands(site);
    }

    private void commands(SieveSite site) throws Exception {
        String text = "require \"fileinto\"; fileinto \"Nowhere\";\n";
        Path file = script("new.sieve", text);
        Path bad = script("bad.sieve", "require \"fileinto\";\nfileinto 7;\n");
        Path mail = script("mail.eml", "From: ann@far.example\r\nTo: alice@example.org\r\nSubject: x\r\n\r\nx\r\n");
        Path test = script(
                "t.svtest",
                "require \"vnd.dovecot.testsuite\"; test \"size\" { if size :over 1G { test_fail \"x\"; } }");
        assertThat(Palomar.run("sieve", "check", file.toString()).code()).isZero();
        Result checked = Palomar.run("sieve", "check", bad.toString());
        assertThat(checked.code()).isEqualTo(65);
        assertThat(checked.out() + checked.err()).contains("bad.sieve:2:");
        assertThat(Palomar.run("sieve", "explain", file.toString()).out()).contains("Nowhere");
        assertThat(Palomar.run("sieve", "test", test.toString()).code()).isZero();
        Result run = Palomar.run("sieve", "run", "--trace", "--message", mail.toString(), file.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("Nowhere");

        site.say("sieve", "put", "--user", "alice", "new", file.toString(), "--activate");
        assertThat(site.result("", "sieve", "put", "--user", "alice", "bad", bad.toString())
                        .code())
                .isNotZero();
        assertThat(site.say("sieve", "list", "--user", "alice"))
                .contains("new")
                .contains("*")
                .doesNotContain("bad");
        assertThat(site.say("sieve", "get", "--user", "alice", "new")).isEqualTo(text);
        assertThat(site.sayWith(Files.readString(mail), "deliver", "--user", "alice"))
                .isEmpty();
        assertThat(site.say("sieve", "log", "--user", "alice"))
                .contains("failed to store into mailbox 'Nowhere': the mailbox does not exist");
        Path sorting = script("sorting.sieve", "require [\"fileinto\", \"mailbox\"]; fileinto :create \"Sorted\";\n");
        assertThat(site.say("sieve", "filter", sorting.toString(), "INBOX", "--user", "alice"))
                .contains("Sorted");
        site.say("sieve", "filter", sorting.toString(), "INBOX", "--user", "alice", "--execute");
        site.say("sieve", "rename", "--user", "alice", "new", "old");
        assertThat(site.result("", "sieve", "delete", "--user", "alice", "old").code())
                .isNotZero();
        site.say("sieve", "deactivate", "--user", "alice");
        assertThat(site.say("sieve", "list", "--user", "alice")).contains("old").doesNotContain("*");
        site.say("sieve", "delete", "--user", "alice", "old");
        assertThat(List.of(site.say("sieve", "list", "--user", "alice").strip()))
                .doesNotContain("old");
    }
}
