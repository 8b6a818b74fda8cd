package palomar.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A [ByteOutput] that collects in memory, for small things and tests. One thread.
public final class MemoryOutput extends ByteOutput {

    public MemoryOutput() {
        this(256);
    }

    public MemoryOutput(int capacity) {
        buffer = new byte[Math.max(16, capacity)];
    }

    @Override
    protected void drain() {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, position);
    }

    /// The backing array: valid up to [#size()] and only until the next write.
    public byte[] array() {
        return buffer;
    }

    public int size() {
        return position;
    }

    public void reset() {
        position = 0;
    }

    @Override
    public String toString() {
        return new String(buffer, 0, position, StandardCharsets.UTF_8);
    }
}
