package palomar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.event.Event;
import palomar.storage.journal.BodyCodec;
import palomar.storage.journal.Compression;
import palomar.storage.journal.Durability;
import palomar.storage.journal.Group;
import palomar.storage.journal.Journal;
import palomar.storage.journal.JournalSettings;
import palomar.storage.journal.MemorySegmentStore;
import palomar.storage.journal.SegmentStore;
import palomar.testkit.Seeds;

class FrameFuzzTest {
    private final RandomGenerator random = Seeds.random("frames");

    /// A log of a few groups as it stands in the segment, with `repair` in front.
    private byte[] log(int repair) throws IOException {
        MemorySegmentStore.Shard shard = new MemorySegmentStore.Shard(FrameFuzz.SHARD);
        SegmentStore store = new MemorySegmentStore(shard, 1 << 20);
        try (Journal journal =
                Journal.open(store, JournalSettings.DEFAULTS, Event.SILENT, 0, (header, payload) -> {})) {
            for (int i = 0; i < 4; i++) {
                Group group = new Group();
                byte[] content = new byte[random.nextInt(2000)];
                Arrays.fill(content, (byte) random.nextInt());
                group.add(2, 1, 7, new byte[random.nextInt(40)]);
                group.addBody(1, 1, 7, new BodyCodec(Compression.ALWAYS).encode(content));
                journal.append(group, Durability.SYNC);
            }
            int length = (int) (journal.committedLsn() - SegmentStore.FIRST_LSN);
            ByteBuffer image = ByteBuffer.allocate(1 + length).put((byte) repair);
            try (SegmentStore.Reader reader = journal.pin(SegmentStore.FIRST_LSN)) {
                reader.read(SegmentStore.FIRST_LSN, image);
            }
            return image.array();
        }
    }

    @Test
    void theChecksumsAreThoseOfTheFormatsDescription() throws IOException {
        byte[] written = log(0);
        byte[] repaired = written.clone();
        repaired[0] = 7;
        byte[] log = Arrays.copyOfRange(repaired, 1, repaired.length);
        FrameFuzz.repair(log, 7);
        assertThat(log).isEqualTo(Arrays.copyOfRange(written, 1, written.length));
        FrameFuzz.fuzz(written);
    }

    @Test
    void damagedLogsOpenAndReadTheSameAgain() throws IOException {
        List<byte[]> corpus = new ArrayList<>();
        for (int repair = 0; repair < 8; repair++) {
            corpus.add(log(repair));
        }
        FuzzMutator mutator = new FuzzMutator(corpus, random);
        for (int round = 0; round < 4000; round++) {
            byte[] input = random.nextBoolean() ? mutator.next(64 * 1024) : overwritten(corpus);
            try {
                FrameFuzz.fuzz(input);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + Seeds.seed() + ", round " + round, e);
            }
        }
    }

    /// Mutation in place keeps the frames where they are, so that only fields become hostile.
    private byte[] overwritten(List<byte[]> corpus) {
        byte[] input = corpus.get(random.nextInt(corpus.size())).clone();
        for (int i = random.nextInt(8); i >= 0; i--) {
            int at = random.nextInt(input.length);
            input[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (random.nextBoolean() ? 0 : 255);
        }
        return input;
    }
}
