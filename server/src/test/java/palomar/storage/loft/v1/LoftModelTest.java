package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.event.Event;
import palomar.os.RealDisk;
import palomar.storage.Storage;
import palomar.storage.journal.SegmentStore;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.Seeds;

/// Loft against the memory store, over reopenings and with its caches taken away.
class LoftModelTest {
    @TempDir
    private Path folder;

    private LoftStorage open(boolean compress) throws IOException {
        LoftTuning tuning = LoftTuning.defaults()
                .withSegmentBytes(256 << 10)
                .withCheckpointBytes(200_000)
                .withIdleBytes(2_000)
                .withMostUnindexed(5);
        LoftSettings settings =
                LoftSettings.of(folder).withShards(2).withCompress(compress).withTuning(tuning);
        return LoftStorage.open(settings, new RealDisk(), InstantSource.system(), Seeds.random("guids"), Event.SILENT);
    }

    @Test
    void loftDoesWhatTheMemoryStoreDoesOverReopenings() throws IOException {
        run(Seeds.random("reopen"), _ -> {});
    }

    @Test
    void cachesCanBeTakenAwayWhileTheStoreIsClosed() throws IOException {
        RandomGenerator random = Seeds.random("caches");
        run(random, _ -> spoil(random));
    }

    @Test
    void compactionChangesNothingThatCanBeSeen() throws IOException {
        RandomGenerator random = Seeds.random("compaction");
        LoftStorage loft = open(false);
        try (Storage model = new MemoryStorage(InstantSource.system(), Seeds.random("model"))) {
            Twins twins = new Twins(model, loft, random);
            twins.historyMayBeShort();
            for (int round = 0; round < 8; round++) {
                for (int step = 0; step < 150; step++) {
                    twins.step();
                }
                compactSome(loft, random);
                twins.compare();
                loft.close();
                if (round % 2 == 1) {
                    removeCaches();
                }
                loft = open(false);
                twins.replace(loft);
                twins.compare();
            }
        } finally {
            loft.close();
        }
    }

    private static void compactSome(LoftStorage loft, RandomGenerator random) {
        for (Shard shard : loft.shards()) {
            for (SegmentStore.Segment segment : shard.journal().segments()) {
                if (segment.sealed() && random.nextInt(3) > 0) {
                    assertThat(shard.compactor().run(segment)).isTrue();
                    assertThat(shard.journal().segments())
                            .extracting(SegmentStore.Segment::firstLsn)
                            .doesNotContain(segment.firstLsn());
                }
            }
        }
    }

    private void removeCaches() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().contains("/idx/") || file.toString().contains("/blob/")) {
                    Files.delete(file);
                }
            }
        }
    }

    /// Something done between closing and opening.
    private interface Between {
        void run(int round) throws IOException;
    }

    private void run(RandomGenerator random, Between between) throws IOException {
        Storage loft = open(false);
        try (Storage model = new MemoryStorage(InstantSource.system(), Seeds.random("model"))) {
            Twins twins = new Twins(model, loft, random);
            for (int round = 0; round < 8; round++) {
                for (int step = 0; step < 120; step++) {
                    twins.step();
                }
                twins.compare();
                loft.close();
                between.run(round);
                loft = open(round % 2 == 0);
                twins.replace(loft);
                twins.compare();
            }
        } finally {
            loft.close();
        }
    }

    /// Removes, cuts and flips index files and catalog images.
    private void spoil(RandomGenerator random) throws IOException {
        List<Path> caches;
        try (Stream<Path> files = Files.walk(folder)) {
            caches = files.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().contains("/idx/") || file.toString().contains("/blob/"))
                    .toList();
        }
        for (Path cache : caches) {
            try {
                byte[] bytes = Files.readAllBytes(cache);
                switch (random.nextInt(4)) {
                    case 0 -> Files.delete(cache);
                    case 1 -> Files.write(cache, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
                    case 2 -> {
                        if (bytes.length > 0) {
                            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                            Files.write(cache, bytes);
                        }
                    }
                    default -> {
                        // This one stays.
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
