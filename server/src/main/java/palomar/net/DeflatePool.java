package palomar.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Compressors (some 260 KiB of native memory each) and decompressors (some 40 KiB) that wait for their next use.
/// Safe for many threads.
final class DeflatePool {
    /// Of either kind; what is given back beyond them is freed.
    private static final int MOST_IDLE = 16;

    private final Deque<Deflater> deflaters = new ArrayDeque<>();
    private final Deque<Inflater> inflaters = new ArrayDeque<>();

    synchronized Deflater deflater() {
        Deflater kept = deflaters.poll();
        return kept == null ? new Deflater(Deflater.DEFAULT_COMPRESSION, true) : kept;
    }

    synchronized Inflater inflater() {
        Inflater kept = inflaters.poll();
        return kept == null ? new Inflater(true) : kept;
    }

    synchronized void giveBack(Deflater deflater) {
        if (deflaters.size() == MOST_IDLE) {
            deflater.end();
            return;
        }
        deflater.reset();
        deflaters.push(deflater);
    }

    synchronized void giveBack(Inflater inflater) {
        if (inflaters.size() == MOST_IDLE) {
            inflater.end();
            return;
        }
        inflater.reset();
        inflaters.push(inflater);
    }

    synchronized int idle() {
        return deflaters.size() + inflaters.size();
    }
}
