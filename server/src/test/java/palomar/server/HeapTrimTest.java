package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeapTrimTest {
    private static final long MB = 1 << 20;

    private final AtomicLong used = new AtomicLong(20 * MB);
    private final AtomicLong live = new AtomicLong(20 * MB);
    private final AtomicInteger collections = new AtomicInteger();
    private final HeapTrim heap = new HeapTrim(used::get, this::collect, 256 * MB);

    private void collect() {
        collections.incrementAndGet();
        used.set(live.get());
    }

    @Test
    void whatABurstLeftIsCollectedOnce() {
        used.set(200 * MB);
        heap.look();
        heap.look();
        assertThat(collections).hasValue(1);
    }

    @Test
    void whatTheStartLeftIsCollectedAndIsNoMeasure() {
        live.set(5 * MB);
        heap.clear();
        assertThat(collections).hasValue(1);
        used.set(70 * MB);
        heap.look();
        assertThat(collections).hasValue(2);
    }

    @Test
    void aFewMegabytesOfGarbageAreLeftAlone() {
        used.set(80 * MB);
        heap.look();
        assertThat(collections).hasValue(0);
    }

    @Test
    void liveObjectsAreCountedAnewWithEachCollection() {
        live.set(60 * MB);
        used.set(100 * MB);
        heap.look();
        used.set(160 * MB);
        heap.look();
        assertThat(collections).hasValue(1);
        used.set(170 * MB);
        heap.look();
        assertThat(collections).hasValue(2);
    }

    @Test
    void aHeapFullOfLiveObjectsIsTheCollectorsBusiness() {
        live.set(200 * MB);
        used.set(250 * MB);
        for (int second = 0; second < 60; second++) {
            heap.look();
        }
        assertThat(collections).hasValue(1);
    }
}
