package palomar.storage.journal;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdCompressor;
import io.airlift.compress.v3.zstd.ZstdDecompressor;
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import io.airlift.compress.v3.zstd.ZstdNativeCompressor;
import io.airlift.compress.v3.zstd.ZstdNativeDecompressor;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// zstd for single blocks: the C library by FFM where it loads, else Java. Safe for many threads: contexts and
/// scratch memory are borrowed from a free list, whose length is the number of threads that were ever busy at
/// once.
final class Zstd {
    private static final int LEVEL = 1;
    private static final boolean NATIVE = ZstdNativeCompressor.isEnabled() && ZstdNativeDecompressor.isEnabled();
    private static final ConcurrentLinkedQueue<Context> FREE = new ConcurrentLinkedQueue<>();

    private Zstd() {}

    private static final class Context {
        final ZstdCompressor compressor = NATIVE ? new ZstdNativeCompressor(LEVEL) : new ZstdJavaCompressor();
        final ZstdDecompressor decompressor = NATIVE ? new ZstdNativeDecompressor() : new ZstdJavaDecompressor();
        byte[] scratch = new byte[0];
    }

    private static Context borrow() {
        Context free = FREE.poll();
        return free == null ? new Context() : free;
    }

    /// The compressed bytes, or null when they would be more than `most`.
    static byte @Nullable [] compress(byte[] raw, int offset, int length, int most) {
        Context context = borrow();
        int bound = context.compressor.maxCompressedLength(length);
        if (context.scratch.length < bound) {
            context.scratch = new byte[bound];
        }
        int size = context.compressor.compress(raw, offset, length, context.scratch, 0, bound);
        byte[] compressed = size > most ? null : Arrays.copyOf(context.scratch, size);
        FREE.add(context);
        return compressed;
    }

    /// The content of a block, or null when it is not exactly `length` bytes.
    static byte @Nullable [] decompress(byte[] stored, int length) {
        byte[] raw = new byte[length];
        Context context = borrow();
        try {
            int size = context.decompressor.decompress(stored, 0, stored.length, raw, 0, length);
            return size == length ? raw : null;
        } catch (MalformedInputException | IllegalArgumentException e) {
            return null;
        } finally {
            FREE.add(context);
        }
    }
}
