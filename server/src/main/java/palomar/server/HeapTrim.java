package palomar.server;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Gives the heap back that a burst has left behind.
///
/// The serial collector grows the old generation to the end of the heap before it collects it once, and then the
/// process keeps that memory for ever: 200 busy clients, with 25 MB of live objects, took 260 MB. So somebody
/// looks from time to time, and when much more is used than was alive the last time, a full collection is asked
/// for (20 to 60 ms with such heaps; measured by `./dev bench mixed`). A server whose live objects fill the heap
/// is left to the collector's own judgement. One thread.
public final class HeapTrim {
    /// How often [#look()] is worth while.
    public static final Duration PERIOD = Duration.ofSeconds(1);

    /// What may come together beside the live objects: the young generation and a little of the old one.
    private static final long SLACK = 48L << 20;

    private final LongSupplier used;
    private final Runnable collect;
    private final long most;
    private long alive;

    /// @param used bytes of the heap that are in use now, garbage included
    /// @param collect a full collection
    /// @param most the heap's limit in bytes
    HeapTrim(LongSupplier used, Runnable collect, long most) {
        this.used = used;
        this.collect = collect;
        this.most = most;
        this.alive = used.getAsLong();
    }

    public static HeapTrim ofThisProcess() {
        Runtime runtime = Runtime.getRuntime();
        return new HeapTrim(() -> runtime.totalMemory() - runtime.freeMemory(), System::gc, runtime.maxMemory());
    }

    /// Collects now: what a start leaves behind would otherwise be collected, and what is alive then copied, in
    /// the middle of what the first clients ask for (8 ms of the first SELECT of a large mailbox).
    public void clear() {
        collect.run();
        alive = used.getAsLong();
    }

    /// Looks once, and collects when it is time.
    public void look() {
        long now = used.getAsLong();
        alive = Math.min(alive, now);
        if (now > 2 * alive + SLACK && alive < most / 2) {
            collect.run();
            alive = used.getAsLong();
        }
    }
}
