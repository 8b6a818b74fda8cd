package palomar.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// A moving window over one segment, for scans. One thread.
final class LogWindow {
    private static final int CAPACITY = 512 * 1024;

    private final SegmentStore.Reader reader;
    private final ByteBuffer buffer;
    private long start;

    LogWindow(SegmentStore.Reader reader) {
        long length = Math.max(FrameHeader.SIZE, reader.segment().length());
        this.reader = reader;
        this.buffer = ByteBuffer.allocate((int) Math.min(CAPACITY, length)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.limit(0);
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /// Makes `count` bytes at `lsn` available; `count` is at most half the window.
    ///
    /// @return their index in the buffer, -1 when the segment ends before
    int at(long lsn, int count) throws IOException {
        if (lsn < start || lsn + count > start + buffer.limit()) {
            fill(lsn, count);
        }
        return lsn + count > start + buffer.limit() ? -1 : (int) (lsn - start);
    }

    private void fill(long lsn, int count) throws IOException {
        if (count > buffer.capacity()) {
            throw new IllegalArgumentException("window of " + count);
        }
        buffer.clear();
        start = lsn;
        int got;
        do {
            got = reader.read(lsn + buffer.position(), buffer);
        } while (got > 0 && buffer.hasRemaining());
        buffer.flip();
    }

    /// Bytes from `lsn` that are in the window now, after loading some.
    private int some(long lsn) throws IOException {
        if (lsn < start || lsn >= start + buffer.limit()) {
            fill(lsn, 1);
        }
        return (int) (start + buffer.limit() - lsn);
    }

    /// Whether a stretch of any length has this CRC32C; false when the segment ends before.
    boolean matches(long lsn, long length, int expected) throws IOException {
        CRC32C crc = new CRC32C();
        long at = lsn;
        long end = lsn + length;
        while (at < end) {
            int count = (int) Math.min(end - at, some(at));
            if (count <= 0) {
                return false;
            }
            int index = (int) (at - start);
            crc.update(buffer.duplicate().limit(index + count).position(index));
            at += count;
        }
        return (int) crc.getValue() == expected;
    }

    /// Copies a stretch; false when the segment ends before.
    boolean copy(long lsn, byte[] target) throws IOException {
        int done = 0;
        while (done < target.length) {
            int count = Math.min(target.length - done, some(lsn + done));
            if (count <= 0) {
                return false;
            }
            buffer.get((int) (lsn + done - start), target, done, count);
            done += count;
        }
        return true;
    }

    /// The next place at or after `lsn` (8 bytes apart) where a frame's magic stands; -1 when there is none.
    long findMagic(long lsn) throws IOException {
        long at = lsn;
        while (true) {
            int count = some(at);
            if (count < 8) {
                return -1;
            }
            int index = (int) (at - start);
            for (int i = index; i + 8 <= index + count; i += 8) {
                if (buffer.getInt(i) == FrameCodec.MAGIC) {
                    return start + i;
                }
            }
            at += count & ~7;
        }
    }
}
