package palomar.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import palomar.bytes.ByteSource;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.os.RealDisk;
import palomar.testkit.HostileDisk;
import palomar.testkit.Seeds;

class JournalTest {
    private static final int TYPE = 7;

    @TempDir
    Path directory;

    private final List<String> seen = new ArrayList<>();

    private final FrameVisitor collect = new FrameVisitor() {
        @Override
        public void frame(FrameHeader header, byte[] payload) {
            seen.add(new String(payload, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void damaged(Damage damage) {
            seen.add("damage");
        }
    };

    private Journal open() throws IOException {
        return open(0);
    }

    private Journal open(long fromLsn) throws IOException {
        seen.clear();
        SegmentStore store = FileSegmentStore.open(new RealDisk(), directory, 1 << 20);
        return Journal.open(store, JournalSettings.DEFAULTS, Event.SILENT, fromLsn, collect);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Group group(String... payloads) {
        Group group = new Group();
        for (String payload : payloads) {
            group.add(TYPE, 1, 42, ascii(payload));
        }
        return group;
    }

    @Test
    void whatWasAppendedIsReplayedInOrder() throws IOException {
        try (Journal journal = open()) {
            journal.append(group("one", "two"), Durability.SYNC);
            journal.append(group("three"), Durability.WRITTEN);
        }
        try (Journal journal = open()) {
            assertThat(seen).containsExactly("one", "two", "three");
            assertThat(journal.epoch()).isEqualTo(2);
            assertThat(journal.recovery().discardedBytes()).isZero();
        }
    }

    @Test
    void replayBeginsAtTheCheckpoint() throws IOException {
        long second;
        try (Journal journal = open()) {
            journal.append(group("one", "two"), Durability.SYNC);
            second = journal.append(group("three"), Durability.SYNC);
        }
        try (Journal journal = open(second)) {
            assertThat(seen).containsExactly("three");
            journal.append(group("four"), Durability.SYNC);
        }
        open(second).close();
        assertThat(seen).containsExactly("three", "four");
    }

    @Test
    void framesAreReadBackByLsnAndKnowTheirGroup() throws IOException {
        try (Journal journal = open()) {
            Group group = new Group();
            long first = group.add(TYPE, 3, 42, ascii("one"));
            long second = group.add(TYPE, 3, 42, ascii("tw"), ascii("o"));
            long lsn = journal.append(group, Durability.SYNC);
            Frame frame = journal.read(lsn + second);
            assertThat(frame.payload()).isEqualTo(ascii("two"));
            assertThat(frame.header().groupLsn()).isEqualTo(lsn + first);
            assertThat(frame.header().last()).isTrue();
            assertThat(frame.header().mailbox()).isEqualTo(42);
            assertThat(frame.header().version()).isEqualTo(3);
            assertThat(frame.header().endLsn()).isEqualTo(journal.committedLsn());
        }
    }

    @Test
    void bodiesOfManySizesComeBackInWholeAndInPart() throws IOException {
        RandomGenerator random = Seeds.random("bodies");
        BodyCodec codec = new BodyCodec(Compression.ALWAYS);
        int[] sizes = {0, 1, 1023, 1024, 5000, 131071, 131072, 131073, 400_000, 3_000_000};
        try (Journal journal = open()) {
            for (int size : sizes) {
                byte[] content = content(random, size);
                Group group = new Group();
                long at = group.addBody(1, 1, 42, codec.encode(content));
                ByteSource body = journal.body(journal.append(group, Durability.SYNC) + at);
                assertThat(body.bytes())
                        .as("%d bytes, seed %d", size, Seeds.seed())
                        .isEqualTo(content);
                for (int i = 0; i < 10; i++) {
                    int from = random.nextInt(size + 1);
                    int count = random.nextInt(size - from + 1);
                    try (InputStream part = body.open(from, count)) {
                        byte[] expected = Arrays.copyOfRange(content, from, from + count);
                        assertThat(part.readAllBytes()).isEqualTo(expected);
                    }
                }
            }
        }
        open().close();
        assertThat(seen).hasSize(sizes.length).doesNotContain("damage");
    }

    /// Text that compresses and noise that does not, in turn.
    private static byte[] content(RandomGenerator random, int size) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        for (int i = 0; i < size; i++) {
            if ((i >> 16) % 2 == 0) {
                content[i] = (byte) ('a' + (content[i] & 3));
            }
        }
        return content;
    }

    @Test
    void aBodyCanBeAppendedAgainAsItIsStored() throws IOException {
        byte[] content = content(Seeds.random("again"), 300_000);
        try (Journal journal = open()) {
            Group group = new Group();
            group.addBody(1, 1, 42, new BodyCodec(Compression.ALWAYS).encode(content));
            long first = journal.append(group, Durability.SYNC);
            Group copy = new Group();
            copy.addBody(1, 1, 42, journal.encodedBody(first));
            long second = journal.append(copy, Durability.SYNC);
            assertThat(second).isGreaterThan(first);
            assertThat(journal.body(second).bytes()).isEqualTo(content);
        }
    }

    @Test
    void aPinnedSegmentOutlivesItsDeletion() throws IOException {
        byte[] content = content(Seeds.random("pin"), 300_000);
        try (Journal journal = open()) {
            Group group = new Group();
            group.addBody(1, 1, 42, BodyCodec.asItIs(ByteSource.of(content)));
            long lsn = journal.append(group, Durability.SYNC);
            journal.roll();
            try (var stream = journal.body(lsn).open()) {
                assertThat(stream.read()).isEqualTo(content[0] & 0xff);
                journal.deleteSegment(lsn);
                assertThatThrownBy(() -> journal.read(lsn)).isInstanceOf(SegmentGoneException.class);
                assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 1, content.length));
            }
            assertThat(directory.resolve("log").toFile().list()).hasSize(1);
        }
    }

    @Test
    @Timeout(60)
    void whatWasOnlyWrittenIsSyncedSoonAlsoWhenNothingFollows() throws IOException {
        HostileDisk disk = new HostileDisk(Seeds.random("lazy"));
        JournalSettings settings = JournalSettings.DEFAULTS.withLazySync(Duration.ofMillis(2));
        SegmentStore store = FileSegmentStore.open(disk, History.SHARD, 1 << 20);
        try (Journal journal = Journal.open(store, settings, Event.SILENT, 0, collect)) {
            for (int i = 0; i < 3; i++) {
                journal.append(group("written"), Durability.WRITTEN);
                while (!disk.allSynced(".lof")) {
                    assertThat(Thread.interrupted()).as("timed out").isFalse();
                }
            }
            disk.crash();
        } catch (IOException dead) {
            assertThat(dead).hasMessageContaining("dead");
        }
        SegmentStore again = FileSegmentStore.open(disk, History.SHARD, 1 << 20);
        Journal.open(again, settings, Event.SILENT, 0, collect).close();
        assertThat(seen).containsExactly("written", "written", "written");
    }

    @Test
    void syncMakesEverythingWrittenDurableAtOnce() throws IOException {
        HostileDisk disk = new HostileDisk(Seeds.random("sync"));
        JournalSettings settings = JournalSettings.DEFAULTS.withLazySync(Duration.ofDays(1));
        SegmentStore store = FileSegmentStore.open(disk, History.SHARD, 1 << 20);
        try (Journal journal = Journal.open(store, settings, Event.SILENT, 0, collect)) {
            journal.append(group("written"), Durability.WRITTEN);
            assertThat(disk.allSynced(".lof")).isFalse();
            journal.sync();
            assertThat(disk.allSynced(".lof")).isTrue();
        }
    }

    @Test
    void aGroupLargerThanASegmentGetsASegmentOfItsOwnSize() throws IOException {
        byte[] content = content(Seeds.random("giant"), 5 << 20);
        try (Journal journal = open()) {
            journal.append(group("before"), Durability.SYNC);
            Group giant = new Group();
            giant.addBody(1, 1, 42, BodyCodec.asItIs(ByteSource.of(content)));
            long lsn = journal.append(giant, Durability.SYNC);
            journal.append(group("after"), Durability.SYNC);
            assertThat(journal.body(lsn).bytes()).isEqualTo(content);
            assertThat(journal.segments()).hasSize(3);
        }
        open().close();
        assertThat(seen).containsExactly("before", "", "after");
    }

    @Test
    void anExceptionOfTheIndexMakesTheJournalReadOnly() throws IOException {
        try (Journal journal = open()) {
            journal.append(group("one"), Durability.SYNC, lsn -> {
                throw new IllegalStateException("the index is confused");
            });
            assertThat(journal.failure()).isPresent();
            assertThatThrownBy(() -> journal.append(group("two"), Durability.SYNC))
                    .isInstanceOfSatisfying(
                            MailException.class, e -> assertThat(e.kind()).isEqualTo(MailError.UNAVAILABLE));
        }
        open().close();
        assertThat(seen).containsExactly("one");
    }

    @Test
    void twoOpenersAreNotServed() throws IOException {
        try (Journal journal = open()) {
            assertThatThrownBy(this::open).isInstanceOf(ShardInUseException.class);
            journal.append(group("still mine"), Durability.SYNC);
        }
        open().close();
        assertThat(seen).containsExactly("still mine");
    }

    @Test
    void aLowerEpochIsFencedAndRefusesWrites() throws IOException {
        MemorySegmentStore.Shard shard = new MemorySegmentStore.Shard(new UUID(1, 2));
        Journal old = Journal.open(
                new MemorySegmentStore(shard, 1 << 20), JournalSettings.DEFAULTS, Event.SILENT, 0, collect);
        old.append(group("old"), Durability.SYNC);
        Journal now = Journal.open(
                new MemorySegmentStore(shard, 1 << 20), JournalSettings.DEFAULTS, Event.SILENT, 0, collect);
        assertThat(seen).containsExactly("old");
        assertThatThrownBy(() -> old.append(group("zombie"), Durability.SYNC))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.kind()).isEqualTo(MailError.UNAVAILABLE));
        now.append(group("new"), Durability.SYNC);
        now.close();
        old.close();
    }

    @Test
    void manyWritersAreAppliedInLsnOrder() throws Exception {
        ConcurrentLinkedQueue<Long> applied = new ConcurrentLinkedQueue<>();
        int writers = 50;
        int each = 20;
        try (Journal journal = open()) {
            List<Thread> threads = new ArrayList<>();
            ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
            for (int w = 0; w < writers; w++) {
                int writer = w;
                threads.add(Thread.ofVirtual().start(() -> {
                    try {
                        for (int i = 0; i < each; i++) {
                            Durability durability = (writer + i) % 3 == 0 ? Durability.WRITTEN : Durability.SYNC;
                            String text = writer + "/" + i;
                            long lsn = journal.append(group(text), durability, applied::add);
                            assertThat(applied).contains(lsn);
                            assertThat(journal.read(lsn).payload()).isEqualTo(ascii(text));
                        }
                    } catch (IOException | AssertionError e) {
                        failures.add(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
        }
        assertThat(List.copyOf(applied)).hasSize(writers * each).isSorted();
        open().close();
        assertThat(seen).hasSize(writers * each).doesNotHaveDuplicates();
    }
}
