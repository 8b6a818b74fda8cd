package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.os.RealDisk;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.testkit.Seeds;

/// Verifying a store that nobody has open changes nothing, whatever is wrong with it.
class LoftInspectionTest {
    @TempDir
    private Path folder;

    private final RandomGenerator random = Seeds.random("inspection");

    private LoftStorage open() throws IOException {
        LoftTuning tuning = LoftTuning.defaults().withSegmentBytes(64 << 10).withMostUnindexed(3);
        LoftSettings settings = LoftSettings.of(folder).withShards(2).withTuning(tuning);
        return LoftStorage.open(settings, new RealDisk(), InstantSource.system(), random, Event.SILENT);
    }

    @BeforeEach
    void fill() throws IOException {
        try (LoftStorage loft = open()) {
            for (History.Deed deed : new History(random, 40, false).deeds()) {
                deed.step().run(loft);
            }
            for (int i = 0; i < 100; i++) {
                deliver(loft, "user" + i % 4, "Subject: m" + i + "\r\n\r\n" + "text ".repeat(200) + "\r\n");
            }
        }
    }

    private static void deliver(LoftStorage loft, String user, String content) throws IOException {
        try (Staging staging = loft.stage()) {
            staging.write(content.getBytes(StandardCharsets.US_ASCII));
            loft.deliver(
                    staging.finish(),
                    List.of(new Storage.Target(user, MailboxName.INBOX, new byte[0], Flags.NONE, Instant.EPOCH)));
        }
    }

    private record State(long modified, long size, int crc) {}

    /// Every file and folder, with time and content.
    private Map<Path, State> state() throws IOException {
        Map<Path, State> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                CRC32C crc = new CRC32C();
                if (Files.isRegularFile(path)) {
                    crc.update(ByteBuffer.wrap(Files.readAllBytes(path)));
                }
                long modified = Files.getLastModifiedTime(path).to(java.util.concurrent.TimeUnit.NANOSECONDS);
                all.put(path, new State(modified, Files.isDirectory(path) ? 0 : Files.size(path), (int)
                        crc.getValue()));
            }
        }
        return all;
    }

    private List<String> verify() throws IOException {
        Map<Path, State> before = state();
        List<String> problems = new ArrayList<>();
        long count = LoftTools.verify(folder, new RealDisk(), problem -> problems.add(problem.toString()));
        assertThat(count).isEqualTo(problems.size());
        assertThat(state()).isEqualTo(before);
        return problems;
    }

    private Path some(String suffix) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(suffix))
                    .filter(path -> path.toFile().length() > 4096 || !suffix.equals(".lof"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flip(Path file, long at) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[(int) at] ^= 0x10;
        Files.write(file, content);
    }

    @Test
    void aSoundStoreHasNoProblems() throws IOException {
        assertThat(verify()).as("seed " + Seeds.seed()).isEmpty();
    }

    @Test
    void statsAndExportChangeNothing(@TempDir Path target) throws IOException {
        Map<Path, State> before = state();
        long expected;
        try (LoftStorage loft = open()) {
            expected = new LoftTools(loft).export("user1", ExportFormat.MBOX, target.resolve("online"));
        }
        assertThat(state()).as("an opening leaves traces").isNotEqualTo(before);
        Map<Path, State> after = state();
        long exported = LoftTools.inspect(folder, new RealDisk(), Event.SILENT, tools -> {
            assertThat(tools.users()).contains("user0", "user1", "user2", "user3");
            assertThat(tools.stats().shards()).hasSize(2);
            return tools.export("user1", ExportFormat.MBOX, target.resolve("offline"));
        });
        assertThat(exported).isEqualTo(expected).isPositive();
        assertThat(target.resolve("offline/INBOX")).hasSameBinaryContentAs(target.resolve("online/INBOX"));
        assertThat(state()).isEqualTo(after);
    }

    @Test
    void aStoreWithAMissingShardIsNotLookedAt() throws IOException {
        Files.move(folder.resolve("SHARD-00"), folder.resolve("elsewhere"));
        assertThatThrownBy(() -> LoftTools.inspect(folder, new RealDisk(), Event.SILENT, LoftTools::stats))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("SHARD-00 is missing");
    }

    @Test
    void aDamagedFrameIsNamed() throws IOException {
        flip(some(".lof"), 4096 + 60);
        assertThat(verify()).anyMatch(problem -> problem.contains("damage at LSN"));
    }

    @Test
    void aDamagedCatalogIsNamedAndTheRestIsVerifiedFromTheLog() throws IOException {
        flip(some("blob/catalog"), 40);
        assertThat(verify()).singleElement().asString().contains("catalog image is not usable");
    }

    @Test
    void aDamagedIndexFileIsNamed() throws IOException {
        flip(some(".ix"), 70);
        assertThat(verify()).singleElement().asString().contains("index file is not usable");
    }

    @Test
    void aTornEndAfterACrashIsNoDamageAndIsNotCutOff() throws IOException {
        Path last;
        try (Stream<Path> paths = Files.walk(folder)) {
            last = paths.filter(path -> path.toString().endsWith(".lof"))
                    .filter(path -> path.toString().contains("SHARD-00"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
        byte[] content = Files.readAllBytes(last);
        byte[] torn = java.util.Arrays.copyOf(content, content.length - 64 + 100_000);
        java.util.Arrays.fill(torn, content.length - 64, torn.length, (byte) 7);
        Files.write(last, torn);
        assertThat(verify()).isEmpty();
    }

    @Test
    void aShardThatCanNotBeOpenedIsOneProblemAndTheOthersAreVerified() throws IOException {
        flip(some("SHARD-00/SHARD"), 9);
        assertThat(verify()).singleElement().asString().contains("shard 0: can't be read");
    }

    @Test
    void aMissingShardIsToldAndKeepsTheStoreFromOpening() throws IOException {
        Files.move(folder.resolve("SHARD-00"), folder.resolve("away"));
        assertThat(verify()).singleElement().asString().contains("SHARD-00 is missing");
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("a shard is missing");
    }

    @Test
    void anyByteAnywhereMayBeWrong() throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.walk(folder)) {
            files = paths.filter(Files::isRegularFile)
                    .filter(path -> path.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
        for (int round = 0; round < 40; round++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] content = Files.readAllBytes(file);
            int at = random.nextInt(content.length);
            flip(file, at);
            Map<Path, State> before = state();
            LoftTools.verify(
                    folder,
                    new RealDisk(),
                    problem -> assertThat(problem.what())
                            .as(file + " at " + HexFormat.of().toHexDigits(at) + ", seed " + Seeds.seed())
                            .isNotEmpty());
            assertThat(state()).isEqualTo(before);
            Files.write(file, content);
        }
    }
}
