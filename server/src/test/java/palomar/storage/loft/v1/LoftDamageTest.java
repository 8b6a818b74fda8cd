package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.mail.UidSet;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.testkit.HostileDisk;
import palomar.testkit.Seeds;

/// A log with a flipped bit or a cut end: what is served is right, the rest is refused, and nothing else suffers.
class LoftDamageTest {
    private static final Path FOLDER = Path.of("/loft");
    private static final int LENGTH = 12;

    private final RandomGenerator random = Seeds.random("damage");
    private final History history = new History(random, LENGTH, false);

    private LoftStorage open(HostileDisk disk) throws IOException {
        LoftSettings settings = LoftSettings.of(FOLDER)
                .withShards(1)
                .withTuning(LoftTuning.defaults().withSegmentBytes(64 << 10));
        return LoftStorage.open(settings, disk, InstantSource.system(), new Random(random.nextLong()), Event.SILENT);
    }

    /// A disk after the history, the process gone without a goodbye; or closed properly.
    private HostileDisk written(boolean clean, List<String> portraits) throws IOException {
        HostileDisk disk = new HostileDisk(random);
        LoftStorage loft = open(disk);
        loft.open(History.USER).close();
        portraits.add(Portrait.of(loft, History.USER));
        for (History.Deed deed : history.deeds()) {
            deed.step().run(loft);
            portraits.add(Portrait.of(loft, History.USER));
        }
        if (clean) {
            loft.close();
        } else {
            disk.kill();
        }
        return disk;
    }

    private static Path log(HostileDisk disk) {
        return disk.files().stream()
                .filter(file -> file.toString().contains("/log/"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLogThatIsCutAnywhereIsAWholeHistoryUpToSomewhere() throws IOException {
        List<String> portraits = new java.util.ArrayList<>();
        HostileDisk master = written(false, portraits);
        byte[] whole = master.content(log(master));
        int end = lastByte(whole);
        int from = 4096;
        int shown = 0;
        for (int cut = end; cut >= from; cut -= 1 + random.nextInt(15)) {
            HostileDisk disk = master.copy(random);
            disk.put(log(disk), Arrays.copyOf(whole, cut));
            try (LoftStorage loft = open(disk)) {
                if (loft.users().toList().isEmpty()) {
                    continue;
                }
                assertThat(portraits).as("cut at " + cut).contains(Portrait.of(loft, History.USER));
                shown++;
            }
        }
        assertThat(shown).isPositive();
    }

    private static int lastByte(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    @Test
    void aFlippedBitInAnUnclosedLogIsNeverServed() throws IOException {
        flip(false, 200);
    }

    @Test
    void aFlippedBitInAClosedLogIsNeverServed() throws IOException {
        flip(true, 200);
    }

    @Test
    @Tag("slow")
    void aBitFlippedInAnyByteIsNeverServed() throws IOException {
        flip(false, 1);
        flip(true, 1);
    }

    /// @param step bytes between two flips at most
    private void flip(boolean clean, int step) throws IOException {
        HostileDisk master = written(clean, new java.util.ArrayList<>());
        Map<String, Set<String>> known = new HashMap<>();
        HostileDisk first = master.copy(random);
        try (LoftStorage loft = open(first)) {
            messages(loft, known);
        }
        byte[] whole = master.content(log(master));
        int end = lastByte(whole);
        for (int at = 0; at < end; at += 1 + random.nextInt(step)) {
            HostileDisk disk = master.copy(random);
            byte[] bytes = whole.clone();
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            disk.put(log(disk), bytes);
            String where = "flip at " + at + " of " + end + ", ";
            for (boolean cacheless : new boolean[] {false, true}) {
                if (cacheless) {
                    for (Path file : disk.files()) {
                        if (file.toString().contains("/blob/")) {
                            disk.delete(file);
                        }
                    }
                }
                try (LoftStorage loft = open(disk)) {
                    if (loft.users().toList().isEmpty()) {
                        continue;
                    }
                    Map<String, Set<String>> found = new HashMap<>();
                    messages(loft, found);
                    found.forEach((row, contents) -> assertThat(known.getOrDefault(row, contents))
                            .as(where + row)
                            .containsAll(contents));
                    History.deliverOne(loft);
                } catch (MailException refused) {
                    assertThat(refused.kind().temporary()).isTrue();
                }
            }
        }
    }

    /// What each UID of each mailbox has as content; a message that can't be read has none.
    private static void messages(Storage loft, Map<String, Set<String>> into) {
        try (UserMail mail = loft.open(History.USER)) {
            for (UserMail.Entry entry : mail.mailboxes()) {
                try (Mailbox mailbox = mail.open(entry.id());
                        MessageCursor cursor = mailbox.cursor()) {
                    UidSet uids = mailbox.view().uids();
                    var each = uids.iterator();
                    while (each.hasNext()) {
                        long uid = each.nextLong();
                        assertThat(cursor.seek(uid)).isTrue();
                        String row = entry.id() + " " + cursor.guid();
                        try {
                            into.computeIfAbsent(row, _ -> new HashSet<>())
                                    .add(new String(cursor.content().bytes(), StandardCharsets.US_ASCII));
                        } catch (IOException damaged) {
                            into.computeIfAbsent(row, _ -> new HashSet<>());
                        }
                    }
                }
            }
        }
    }
}
