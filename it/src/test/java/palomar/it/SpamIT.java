package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Learning what is spam from what users do, as docs/operate/spam.md has it.
class SpamIT {
    private static final String LEARN_SPAM =
            "require [\"vnd.dovecot.pipe\", \"copy\", \"imapsieve\"]; pipe :copy \"learn-spam\";";
    private static final String LEARN_HAM = """
            require ["vnd.dovecot.pipe", "copy", "imapsieve", "environment"];
            if not environment :is "imap.mailbox" ["Trash", "Junk"] { pipe :copy "learn-ham"; }
            """;

    @TempDir
    private Path folder;

    private SieveSite site(String spam, String ham) throws Exception {
        Path programs = Files.createDirectories(folder.resolve("bin"));
        program(programs.resolve("learn-spam"), spam);
        program(programs.resolve("learn-ham"), ham);
        Path scripts = Files.createDirectories(folder.resolve("scripts"));
        Files.writeString(scripts.resolve("spam.sieve"), LEARN_SPAM);
        Files.writeString(scripts.resolve("ham.sieve"), LEARN_HAM);
        return new SieveSite(
                folder,
                "[sieve.settings]\nsieve_pipe_bin_dir = \"" + programs + "\"\nsieve_pipe_exec_timeout = \"60s\"\n"
                        + "[[imapsieve]]\nmailbox = \"Junk\"\ncauses = [\"copy\", \"append\"]\nbefore = [\"" + scripts
                        + "/spam.sieve\"]\n"
                        + "[[imapsieve]]\nfrom = \"Junk\"\ncauses = [\"copy\"]\nbefore = [\"" + scripts
                        + "/ham.sieve\"]\n");
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static byte[] mail(String subject) {
        return ("From: ann@far.example\r\nMessage-ID: <" + subject + "@far.example>\r\nSubject: " + subject
                        + "\r\n\r\nCheap watches, buy pills and lottery tickets today, offer " + subject + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void whatIsPutIntoJunkIsSpamAndWhatIsTakenOutIsNone() throws Exception {
        Path learned = folder.resolve("learned");
        String words = "subject=$(grep -m1 ^Subject: | tr -d '\\r')\necho \"%s $USER $subject\" >> " + learned + "\n";
        SieveSite site = site(words.formatted("spam"), words.formatted("ham"));
        try (Palomar palomar = site.start();
                ImapWire imap = site.login()) {
            for (String mailbox : List.of("Junk", "Work", "Trash")) {
                imap.command("CREATE " + mailbox);
            }
            for (String subject : List.of("one", "two", "three")) {
                assertThat(imap.append("INBOX", mail(subject))).contains(" OK ");
            }
            imap.ok("SELECT INBOX");
            imap.ok("MOVE 1 Junk");
            imap.ok("COPY 1 Junk");
            imap.ok("COPY 2 Work");
            assertThat(imap.append("Junk", mail("four"))).contains(" OK ");
            SieveSite.lines(learned, 3);
            imap.ok("SELECT Junk");
            imap.ok("MOVE 1 Work");
            imap.ok("MOVE 1 Trash");
            imap.ok("MOVE 1 INBOX");
            assertThat(SieveSite.lines(learned, 5))
                    .containsExactlyInAnyOrder(
                            "spam alice Subject: one",
                            "spam alice Subject: two",
                            "spam alice Subject: four",
                            "ham alice Subject: one",
                            "ham alice Subject: four");
            assertThat(site.subjects("Work")).containsExactly("three", "one");
            assertThat(site.subjects("Trash")).containsExactly("two");
            assertThat(palomar.isAlive()).isTrue();
        }
    }

    @Test
    void aProgramThatFailsHindersNobodyAndIsSeenByUserAndOperator() throws Exception {
        SieveSite site = site("cat >/dev/null; echo no database >&2; exit 3\n", "exit 0\n");
        try (Palomar palomar = site.start();
                ImapWire imap = site.login()) {
            imap.command("CREATE Junk");
            imap.append("INBOX", mail("one"));
            imap.ok("SELECT INBOX");
            imap.ok("MOVE 1 Junk");
            assertThat(site.subjects("Junk")).containsExactly("one");
            for (int i = 0; i < 300 && !palomar.err().contains("sieve.event-failed"); i++) {
                LockSupport.parkNanos(100_000_000);
            }
            assertThat(palomar.err()).contains("sieve.event-failed").contains("learn-spam");
        }
    }

    @Test
    void spamAssassinLearns() throws Exception {
        Result.wants("sa-learn");
        Path database = folder.resolve("bayes");
        String words = "exec sa-learn --%s --dbpath " + database + "/bayes -\n";
        Files.createDirectories(database);
        SieveSite site = site(words.formatted("spam"), words.formatted("ham"));
        try (Palomar palomar = site.start();
                ImapWire imap = site.login()) {
            imap.command("CREATE Junk");
            imap.append("INBOX", mail("one"));
            imap.append("INBOX", mail("two"));
            imap.ok("SELECT INBOX");
            imap.ok("MOVE 1:2 Junk");
            awaitLearned(database, "nspam", 2);
            imap.ok("SELECT Junk");
            imap.ok("MOVE 2 INBOX");
            awaitLearned(database, "nham", 1);
            awaitLearned(database, "nspam", 1);
            assertThat(palomar.err()).doesNotContain("sieve.event-failed");
        }
    }

    /// The line of `sa-learn --dump magic` with this word has the count in its third column.
    private static void awaitLearned(Path database, String word, int count) throws Exception {
        String dump = "";
        for (int i = 0; i < 30; i++) {
            dump = Result.of(new byte[0], List.of("sa-learn", "--dump", "magic", "--dbpath", database + "/bayes"))
                    .out();
            if (dump.lines()
                    .filter(line -> line.contains(" non-token data: " + word))
                    .anyMatch(line -> line.strip().split(" +")[2].equals(String.valueOf(count)))) {
                return;
            }
            LockSupport.parkNanos(200_000_000);
        }
        assertThat(dump).as(word + " is " + count).isEmpty();
    }
}
