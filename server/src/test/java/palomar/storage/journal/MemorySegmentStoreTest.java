package palomar.storage.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;

class MemorySegmentStoreTest extends SegmentStoreContract {
    private final MemorySegmentStore.Shard shard = new MemorySegmentStore.Shard(new UUID(1, 2));

    @Override
    SegmentStore open() {
        return new MemorySegmentStore(shard, SEGMENT);
    }

    @Override
    void lost(SegmentStore store) {}

    @Test
    void aHigherEpochFencesEveryKindOfChange() throws IOException {
        SegmentStore zombie = open();
        zombie.resume(FIRST);
        zombie.roll(1);
        zombie.append(FIRST, ByteBuffer.allocate(8));
        try (SegmentStore owner = open()) {
            owner.resume(FIRST + 8);
            assertThatThrownBy(() -> zombie.append(FIRST + 8, ByteBuffer.allocate(8)))
                    .isInstanceOf(FencedException.class);
            assertThatThrownBy(zombie::sync).isInstanceOf(FencedException.class);
            assertThatThrownBy(() -> zombie.roll(1)).isInstanceOf(FencedException.class);
            assertThatThrownBy(() -> zombie.delete(FIRST)).isInstanceOf(FencedException.class);
            assertThatThrownBy(() -> zombie.putBlob("x", ByteSource.of(new byte[1])))
                    .isInstanceOf(FencedException.class);
            assertThatThrownBy(() -> zombie.deleteBlob("x")).isInstanceOf(FencedException.class);
            zombie.close();
            owner.roll(1);
            owner.append(FIRST + 8, ByteBuffer.allocate(8));
        }
    }
}
