package palomar.storage.loft.v1;

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
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.Seeds;

/// Loft against the memory store, over reopenings and with its caches taken away.
class LoftModelTest {
    @TempDir
    private Path folder;

    private Storage open(boolean compress) throws IOException {
        LoftTuning tuning = LoftTuning.defaults()
                .withSegmentBytes(1 << 20)
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
                    .filter(file -> file.toString().contains("/idx/") || file.toString().contains("/blob/"))
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
