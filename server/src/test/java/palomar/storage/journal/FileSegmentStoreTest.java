package palomar.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;
import palomar.testkit.HostileDisk;
import palomar.testkit.Seeds;

/// The contract on files of a disk that forgets what was not synced: an owner is lost by a power cut.
class FileSegmentStoreTest extends SegmentStoreContract {
    private static final Path SHARD = Path.of("/loft/shard-00");

    private final HostileDisk disk = new HostileDisk(Seeds.random("segments"));

    @Override
    SegmentStore open() throws IOException {
        return FileSegmentStore.open(disk, SHARD, SEGMENT);
    }

    @Override
    void lost(SegmentStore store) {
        disk.crash();
    }

    @AfterEach
    void noHandleIsLeftOpen() {
        assertThat(disk.openHandles()).isEmpty();
    }

    @Test
    void aSecondOpenerIsKeptOutUntilTheFirstCloses() throws IOException {
        SegmentStore first = open();
        assertThatThrownBy(this::open).isInstanceOf(ShardInUseException.class);
        first.close();
        SegmentStore second = open();
        assertThat(second.epoch()).isEqualTo(2);
        second.close();
    }

    @Test
    void anOwnerWhoseLockGotLostIsFencedAtTheNextRollAndBlob() throws IOException {
        SegmentStore zombie = open();
        zombie.resume(FIRST);
        byte[] identity = disk.content(SHARD.resolve("SHARD"));
        disk.kill();
        SegmentStore owner = open();
        owner.close();
        byte[] newer = disk.content(SHARD.resolve("SHARD"));
        disk.put(SHARD.resolve("SHARD"), identity);
        disk.kill();
        SegmentStore second = open();
        second.resume(FIRST);
        disk.put(SHARD.resolve("SHARD"), newer);
        second.roll(1);
        disk.put(SHARD.resolve("SHARD"), identity);
        assertThatThrownBy(() -> second.roll(1)).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> second.putBlob("x", ByteSource.of(new byte[1])))
                .isInstanceOf(FencedException.class);
        second.close();
    }

    @Test
    void aDamagedIdentityIsSaidAndNotGuessed() throws IOException {
        open().close();
        byte[] content = disk.content(SHARD.resolve("SHARD"));
        for (int at : List.of(0, 9, 20, 40)) {
            byte[] flipped = content.clone();
            flipped[at] ^= 4;
            disk.put(SHARD.resolve("SHARD"), flipped);
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("SHARD is damaged");
        }
        disk.put(SHARD.resolve("SHARD"), content);
        open().close();
    }

    @Test
    void aSegmentOfAnotherShardIsRefused() throws IOException {
        SegmentStore store = open();
        store.resume(FIRST);
        store.roll(1);
        store.append(FIRST, ByteBuffer.allocate(8));
        store.sync();
        store.close();
        Path segment = SHARD.resolve("log/0000000000001000.lof");
        byte[] foreign = disk.content(segment);
        HostileDisk other = new HostileDisk(Seeds.random("other"));
        SegmentStore otherStore = FileSegmentStore.open(other, SHARD, SEGMENT);
        otherStore.resume(FIRST);
        otherStore.roll(1);
        otherStore.append(FIRST, ByteBuffer.allocate(8));
        otherStore.sync();
        otherStore.close();
        other.put(segment, foreign);
        assertThatThrownBy(() -> FileSegmentStore.open(other, SHARD, SEGMENT)).hasMessageContaining("belongs to shard");
        assertThat(other.openHandles()).isEmpty();
    }

    @Test
    void aLoneWritersPlaceIsWrittenAheadAndCutOffWhenSealed() throws IOException {
        SegmentStore store = FileSegmentStore.open(disk, SHARD, 1 << 20);
        store.resume(FIRST);
        store.roll(1);
        store.append(FIRST, ByteBuffer.allocate(80));
        assertThat(store.segments().getLast().storedBytes()).isGreaterThan(100_000);
        assertThat(store.segments().getLast().length()).isEqualTo(80);
        store.sync();
        store.close();
        assertThat(disk.content(SHARD.resolve("log/0000000000001000.lof"))).hasSize(4096 + 80 + 64);
    }

    @Test
    void theReserveIsKeptOnceSpentOnceAndLetsAShardOpenOnAFullDisk() throws IOException {
        SegmentStore store = open();
        store.keepReserve();
        store.keepReserve();
        assertThat(disk.used()).isGreaterThan(4 << 20);
        disk.capacity(disk.used());
        store.resume(FIRST);
        assertThat(store.spendReserve()).isTrue();
        assertThat(store.spendReserve()).isFalse();
        store.keepReserve();
        assertThat(store.spendReserve())
                .as("too little is free to keep some back")
                .isFalse();
        disk.heal();
        store.keepReserve();
        store.close();
        disk.capacity(disk.used());
        SegmentStore again = open();
        again.close();
    }

    @Test
    void aReaderOutlivesTheStoreAndNewOnesAreRefused() throws IOException {
        SegmentStore store = open();
        store.resume(FIRST);
        store.roll(1);
        store.append(FIRST, ByteBuffer.allocate(16));
        store.sync();
        SegmentStore.Reader reader = store.reader(FIRST);
        store.close();
        store.close();
        assertThat(reader.read(FIRST, ByteBuffer.allocate(16))).isEqualTo(16);
        assertThatThrownBy(() -> store.reader(FIRST)).hasMessageContaining("closed");
        reader.close();
    }

    @Test
    void manySegmentsKeepFewFilesOpen() throws IOException {
        SegmentStore store = open();
        store.resume(FIRST);
        for (int i = 0; i < 600; i++) {
            store.roll(1);
            store.append(FIRST + 8 * i, ByteBuffer.allocate(8));
            try (SegmentStore.Reader reader = store.reader(FIRST + 8 * i)) {
                reader.read(FIRST + 8 * i, ByteBuffer.allocate(8));
            }
        }
        assertThat(disk.openHandles()).hasSizeLessThan(300);
        store.sync();
        store.close();
    }
}
