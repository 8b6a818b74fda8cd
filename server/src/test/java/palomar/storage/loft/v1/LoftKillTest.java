package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.event.Event;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.os.RealDisk;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.UserMail;
import palomar.testkit.Seeds;

/// A process that is killed while it writes, again and again: what it was told is there, whole, and once.
class LoftKillTest {
    @TempDir
    private Path folder;

    private final RandomGenerator random = Seeds.random("kill");

    /// Subject by user and UID, of all rounds; and the newest mod-sequence that each user's process was told.
    private final Map<String, String> told = new HashMap<>();

    private final Set<String> flagged = new HashSet<>();
    private final Map<String, Long> modSeqs = new HashMap<>();
    private final Map<String, Long> validities = new HashMap<>();

    @Test
    void aKilledProcessLosesNothingItWasTold() throws Exception {
        rounds(3);
    }

    @Test
    @Tag("slow")
    void twentyKillsLoseNothing() throws Exception {
        rounds(20);
    }

    private void rounds(int count) throws Exception {
        for (int round = 0; round < count; round++) {
            run(round);
            check();
        }
    }

    private void run(int round) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KillVictim.class.getName()));
        command.addAll(List.of(folder.toString(), Integer.toString(round)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int lines = 50 + random.nextInt(1500);
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = out.readLine();
            for (int i = 0; line != null; i++) {
                if (line.split(" ").length >= 3) {
                    heard(line);
                }
                if (i == lines) {
                    // By the handle: the process itself would close the stream, and with it what was told last.
                    assertThat(process.toHandle().destroyForcibly()).isTrue();
                }
                line = out.readLine();
            }
        }
        assertThat(process.waitFor()).as("killed, not ended").isEqualTo(137);
    }

    private void heard(String line) {
        String[] words = line.split(" ");
        String row = words[0] + " " + words[1];
        if (words[2].equals("flagged")) {
            if (words.length == 4) {
                flagged.add(row);
                modSeqs.merge(words[0], Long.parseLong(words[3]), Math::max);
            }
        } else {
            assertThat(told.put(row, words[2])).as("a UID given twice: " + row).isNull();
        }
    }

    private void check() throws IOException {
        LoftSettings settings = LoftSettings.of(folder).withShards(2);
        try (LoftStorage loft =
                LoftStorage.open(settings, new RealDisk(), InstantSource.system(), random, Event.SILENT)) {
            Map<String, String> found = new HashMap<>();
            Set<String> subjects = new HashSet<>();
            for (String user : loft.users().toList()) {
                try (UserMail mail = loft.open(user);
                        Mailbox inbox = mail.open(
                                mail.find(MailboxName.INBOX).orElseThrow().id())) {
                    assertThat(validities.merge(user, inbox.uidValidity(), (old, _) -> old))
                            .isEqualTo(inbox.uidValidity());
                    assertThat(inbox.status().highestModSeq()).isGreaterThanOrEqualTo(modSeqs.getOrDefault(user, 0L));
                    rows(user, inbox, found, subjects);
                }
            }
            assertThat(found).as("seed " + Seeds.seed()).containsAllEntriesOf(told);
            assertThat(new LoftTools(loft).verify(problem -> {
                        throw new AssertionError(problem.toString());
                    }))
                    .isZero();
        }
    }

    private void rows(String user, Mailbox inbox, Map<String, String> found, Set<String> subjects) throws IOException {
        MailboxView view = inbox.view();
        try (MessageCursor cursor = inbox.cursor()) {
            for (int seq = 1; seq <= view.count(); seq++) {
                assertThat(cursor.seek(view.uid(seq))).isTrue();
                byte[] content = cursor.content().bytes();
                String text = new String(content, StandardCharsets.US_ASCII);
                String subject = text.substring("Subject: ".length(), text.indexOf("\r\n"));
                String row = user + " " + cursor.uid();
                assertThat(content).isEqualTo(KillVictim.content(subject));
                assertThat(subjects.add(subject)).as("twice: " + subject).isTrue();
                found.put(row, subject);
                if (flagged.contains(row)) {
                    assertThat(cursor.systemFlags()).as(row).isEqualTo(SystemFlags.FLAGGED);
                }
            }
        }
    }
}
