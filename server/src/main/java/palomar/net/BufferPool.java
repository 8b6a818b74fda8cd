package palomar.net;

/// Network buffers that wait for their next use. Safe for many threads.
///
/// Heap arrays, because AES-GCM works on arrays and the parsers read a `byte[]`; the JDK copies them through a
/// direct buffer of the carrier thread at the system call, which costs less than the call.
final class BufferPool {
    private final int bufferBytes;
    private final byte[][] free;
    private int count;

    /// @param keepBytes how much may lie unused; what is given back beyond it is left to the garbage collector
    BufferPool(int bufferBytes, long keepBytes) {
        this.bufferBytes = bufferBytes;
        this.free = new byte[Math.clamp(keepBytes / bufferBytes, 1, 1 << 16)][];
    }

    int bufferBytes() {
        return bufferBytes;
    }

    synchronized byte[] borrow() {
        if (count == 0) {
            return new byte[bufferBytes];
        }
        return free[--count];
    }

    /// The content is not wiped: a buffer is only ever read up to what was just written into it.
    synchronized void giveBack(byte[] buffer) {
        if (buffer.length != bufferBytes) {
            throw new IllegalArgumentException("not from this pool: " + buffer.length + " bytes");
        }
        if (count < free.length) {
            free[count++] = buffer;
        }
    }

    synchronized int idle() {
        return count;
    }
}
