package palomar.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;

/// What every [SegmentStore] promises.
abstract class SegmentStoreContract {
    static final long FIRST = SegmentStore.FIRST_LSN;
    static final int SEGMENT = 4096;

    /// Opens the one shard of this test; again after a close or a [#lost].
    abstract SegmentStore open() throws IOException;

    /// The owner vanishes without closing.
    abstract void lost(SegmentStore store) throws IOException;

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String read(SegmentStore store, long lsn, int count) throws IOException {
        try (SegmentStore.Reader reader = store.reader(lsn)) {
            ByteBuffer target = ByteBuffer.allocate(count);
            int got = reader.read(lsn, target);
            return got < 0 ? "end" : new String(target.array(), 0, got, StandardCharsets.ISO_8859_1);
        }
    }

    private SegmentStore fresh() throws IOException {
        SegmentStore store = open();
        store.resume(FIRST);
        return store;
    }

    @Test
    void aNewShardIsEmptyAndBeginsAtTheFirstLsn() throws IOException {
        try (SegmentStore store = fresh()) {
            assertThat(store.segments()).isEmpty();
            assertThat(store.endLsn()).isEqualTo(FIRST);
            assertThat(store.room()).isZero();
            assertThat(store.epoch()).isEqualTo(1);
        }
    }

    @Test
    void whatIsAppendedCanBeReadAtOnceAndAfterReopening() throws IOException {
        try (SegmentStore store = fresh()) {
            store.roll(1);
            assertThat(store.room()).isEqualTo(SEGMENT);
            store.append(FIRST, bytes("hello "));
            store.append(FIRST + 6, bytes("world"));
            assertThat(read(store, FIRST + 3, 5)).isEqualTo("lo wo");
            assertThat(read(store, FIRST + 9, 50)).isEqualTo("ld");
            assertThat(read(store, FIRST + 11, 50)).isEqualTo("end");
            store.sync();
        }
        try (SegmentStore store = open()) {
            assertThat(store.segments()).singleElement().satisfies(segment -> {
                assertThat(segment.sealed()).isTrue();
                assertThat(segment.firstLsn()).isEqualTo(FIRST);
                assertThat(segment.endLsn()).isEqualTo(FIRST + 11);
                assertThat(segment.epoch()).isEqualTo(1);
            });
            assertThat(read(store, FIRST, 50)).isEqualTo("hello world");
        }
    }

    @Test
    void theIdentityStaysAndTheEpochGrowsWithEachOpening() throws IOException {
        SegmentStore first = fresh();
        var shard = first.shard();
        first.close();
        SegmentStore second = open();
        assertThat(second.shard()).isEqualTo(shard);
        assertThat(second.epoch()).isEqualTo(2);
        lost(second);
        try (SegmentStore third = open()) {
            assertThat(third.shard()).isEqualTo(shard);
            assertThat(third.epoch()).isEqualTo(3);
        }
    }

    @Test
    void aRestartGoesOnInANewSegmentWithTheBytesThatCount() throws IOException {
        SegmentStore store = fresh();
        store.roll(1);
        store.append(FIRST, bytes("durable written refused"));
        store.restart(FIRST + 8, FIRST + 16, copy -> {
            assertThat(copy.segment().firstLsn()).isEqualTo(FIRST + 8);
            assertThat(copy.segment().endLsn()).isEqualTo(FIRST + 16);
            ByteBuffer target = ByteBuffer.allocate(100);
            assertThat(copy.read(FIRST + 8, target)).isEqualTo(8);
            return new String(target.array(), 0, 8, StandardCharsets.ISO_8859_1).equals("written ");
        });
        assertThat(store.endLsn()).isEqualTo(FIRST + 16);
        assertThat(store.segments()).hasSize(2);
        assertThat(read(store, FIRST, 50)).isEqualTo("durable ");
        store.append(FIRST + 16, bytes("more"));
        store.sync();
        assertThat(read(store, FIRST + 8, 50)).isEqualTo("written more");
        lost(store);
        SegmentStore again = open();
        again.resume(FIRST + 20);
        assertThat(read(again, FIRST, 50)).isEqualTo("durable ");
        assertThat(read(again, FIRST + 8, 50)).isEqualTo("written more");
        again.roll(1);
        again.append(FIRST + 20, bytes("new"));
        again.delete(FIRST + 8);
        again.close();
        try (SegmentStore third = open()) {
            assertThat(third.segments().getFirst().endLsn()).isEqualTo(FIRST + 8);
        }
    }

    @Test
    void aRestartInPlaceOfTheWholeSegmentAndOneThatIsRefused() throws IOException {
        SegmentStore store = fresh();
        store.roll(1);
        store.append(FIRST, bytes("written refused"));
        assertThatThrownBy(() -> store.restart(FIRST, FIRST + 8, copy -> false)).isInstanceOf(IOException.class);
        assertThat(read(store, FIRST, 50)).isEqualTo("written refused");
        store.restart(FIRST, FIRST + 8, copy -> true);
        assertThat(store.segments()).hasSize(1);
        assertThat(read(store, FIRST, 50)).isEqualTo("written ");
        store.append(FIRST + 8, bytes("more"));
        store.sync();
        store.close();
        try (SegmentStore again = open()) {
            assertThat(read(again, FIRST, 50)).isEqualTo("written more");
        }
    }

    @Test
    void anOwnerThatVanishedLeavesAnOpenEndThatItsSuccessorSets() throws IOException {
        SegmentStore gone = fresh();
        gone.roll(1);
        gone.append(FIRST, bytes("durable torn"));
        gone.sync();
        lost(gone);
        SegmentStore store = open();
        SegmentStore.Segment last = store.segments().getLast();
        assertThat(last.endLsn()).isGreaterThanOrEqualTo(FIRST + 12);
        assertThat(read(store, FIRST, 12)).isEqualTo("durable torn");
        store.resume(FIRST + 7);
        assertThat(store.endLsn()).isEqualTo(FIRST + 7);
        assertThat(read(store, FIRST, 12)).isEqualTo("durable");
        store.roll(1);
        store.append(FIRST + 7, bytes(" next"));
        store.sync();
        store.close();
        try (SegmentStore again = open()) {
            assertThat(again.segments()).hasSize(2).allMatch(SegmentStore.Segment::sealed);
            assertThat(read(again, FIRST + 7, 12)).isEqualTo(" next");
        }
    }

    @Test
    void aRolledSegmentIsSealedAndReadsEndAtItsEnd() throws IOException {
        try (SegmentStore store = fresh()) {
            store.roll(1);
            store.append(FIRST, bytes("one"));
            store.roll(1);
            store.append(FIRST + 3, bytes("two"));
            List<SegmentStore.Segment> segments = store.segments();
            assertThat(segments).hasSize(2);
            assertThat(segments.getFirst().sealed()).isTrue();
            assertThat(segments.getLast().sealed()).isFalse();
            assertThat(read(store, FIRST, 50)).isEqualTo("one");
            assertThat(read(store, FIRST + 3, 50)).isEqualTo("two");
        }
    }

    @Test
    void rollingAnEmptySegmentOnlyMakesItLarger() throws IOException {
        try (SegmentStore store = fresh()) {
            store.roll(1);
            store.roll(10 * SEGMENT);
            assertThat(store.room()).isEqualTo(10 * SEGMENT);
            assertThat(store.segments()).hasSizeLessThanOrEqualTo(1);
            store.append(FIRST, ByteBuffer.allocate(10 * SEGMENT));
            assertThat(store.room()).isZero();
        }
    }

    @Test
    void anEmptySegmentLeavesNothingBehind() throws IOException {
        SegmentStore store = fresh();
        store.roll(1);
        store.close();
        SegmentStore again = open();
        assertThat(again.segments()).isEmpty();
        again.resume(FIRST);
        again.roll(1);
        lost(again);
        try (SegmentStore third = open()) {
            third.resume(FIRST);
            assertThat(third.segments()).isEmpty();
        }
    }

    @Test
    void rewindingTakesBackWhatWasAppended() throws IOException {
        SegmentStore store = fresh();
        store.roll(1);
        store.append(FIRST, bytes("kept"));
        store.sync();
        store.append(FIRST + 4, bytes("taken back"));
        store.rewind(FIRST + 4);
        assertThat(store.endLsn()).isEqualTo(FIRST + 4);
        assertThat(store.room()).isEqualTo(SEGMENT - 4);
        assertThat(read(store, FIRST, 50)).isEqualTo("kept");
        lost(store);
        SegmentStore again = open();
        assertThat(read(again, FIRST, 50)).startsWith("kept").doesNotContain("taken");
        again.resume(FIRST + 4);
        again.roll(1);
        again.append(FIRST + 4, bytes("!"));
        again.close();
    }

    @Test
    void appendsElsewhereThanAtTheEndAreRefused() throws IOException {
        try (SegmentStore store = fresh()) {
            assertThatThrownBy(() -> store.append(FIRST, bytes("x"))).isInstanceOf(IllegalStateException.class);
            store.roll(1);
            assertThatThrownBy(() -> store.append(FIRST + 8, bytes("x"))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.append(FIRST, ByteBuffer.allocate(SEGMENT + 1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(store.endLsn()).isEqualTo(FIRST);
        }
    }

    @Test
    void aDeletedSegmentIsGoneForNewReadersAndStaysForOldOnes() throws IOException {
        try (SegmentStore store = fresh()) {
            store.roll(1);
            store.append(FIRST, bytes("old"));
            store.roll(1);
            store.append(FIRST + 3, bytes("new"));
            SegmentStore.Reader held = store.reader(FIRST);
            store.delete(FIRST);
            assertThatThrownBy(() -> store.reader(FIRST)).isInstanceOf(SegmentGoneException.class);
            assertThatThrownBy(() -> store.delete(FIRST)).isInstanceOf(SegmentGoneException.class);
            ByteBuffer target = ByteBuffer.allocate(3);
            assertThat(held.read(FIRST, target)).isEqualTo(3);
            assertThat(store.segments()).hasSize(1);
            held.close();
            held.close();
            assertThat(read(store, FIRST + 3, 3)).isEqualTo("new");
            assertThatThrownBy(() -> store.delete(FIRST + 3)).isInstanceOf(SegmentGoneException.class);
            store.sync();
        }
        try (SegmentStore store = open()) {
            assertThat(store.segments()).hasSize(1);
        }
    }

    @Test
    void blobsAreReplacedListedAndDeleted() throws IOException {
        SegmentStore store = fresh();
        assertThat(store.blob("catalog-1")).isEmpty();
        store.putBlob("catalog-1", ByteSource.of("one".getBytes(StandardCharsets.UTF_8)));
        store.putBlob("a.b_c", ByteSource.of(new byte[0]));
        store.putBlob("catalog-1", ByteSource.of("two".getBytes(StandardCharsets.UTF_8)));
        assertThat(store.blobs()).containsExactly("a.b_c", "catalog-1");
        assertThat(store.deleteBlob("a.b_c")).isTrue();
        assertThat(store.deleteBlob("a.b_c")).isFalse();
        lost(store);
        try (SegmentStore again = open()) {
            assertThat(again.blobs()).containsExactly("catalog-1");
            ByteSource blob = again.blob("catalog-1").orElseThrow();
            assertThat(blob.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("two");
            try (InputStream part = blob.open(1, 9)) {
                assertThat(part.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("wo");
            }
        }
    }

    @Test
    void namesThatCouldBePathsAreNoBlobNames() throws IOException {
        try (SegmentStore store = fresh()) {
            for (String name : List.of("", "..", ".x", "a/b", "A", "a\0", "x".repeat(101), "ä")) {
                assertThatThrownBy(() -> store.putBlob(name, ByteSource.of(new byte[1])))
                        .as(name)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
