package palomar.storage.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;

/// Puts the frames of groups into one buffer and appends it to the store, in as few writes as it takes.
/// Belongs to the committing thread.
final class BatchWriter {
    /// A body's bytes could not be read where they were staged: only its own group has to be refused.
    static final class BodyGoneException extends IOException {
        BodyGoneException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private static final int FIRST_CAPACITY = 64 * 1024;
    private static final int CAPACITY = 1024 * 1024;
    private static final byte[] PADDING = new byte[8];

    private final SegmentStore store;
    private final FrameCodec codec;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(FIRST_CAPACITY);
    private byte @Nullable [] chunk;
    private long at;
    private long synced;

    BatchWriter(SegmentStore store, FrameCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    /// Begins a batch at the store's end.
    ///
    /// @param bytes how long it will be
    /// @param syncedLsn everything before it is durable
    void begin(long bytes, long syncedLsn) {
        if (buffer.capacity() < Math.min(bytes, CAPACITY)) {
            int larger = bytes > CAPACITY / 2 ? CAPACITY : Integer.highestOneBit((int) bytes) * 2;
            buffer = ByteBuffer.allocateDirect(larger);
        }
        buffer.clear();
        at = store.endLsn();
        synced = syncedLsn;
    }

    /// Puts one group; returns its LSN.
    long put(Group group) throws IOException {
        long groupLsn = at;
        List<Group.Entry> entries = group.entries();
        for (int i = 0; i < entries.size(); i++) {
            put(entries.get(i), groupLsn, i == entries.size() - 1);
        }
        return groupLsn;
    }

    private void put(Group.Entry entry, long groupLsn, boolean last) throws IOException {
        FrameHeader header = new FrameHeader(
                at,
                entry.payloadLength(),
                entry.type(),
                entry.flags() | (last ? FrameHeader.LAST : 0),
                entry.version(),
                entry.mailbox(),
                store.epoch(),
                groupLsn,
                synced,
                entry.payloadCrc());
        if (buffer.remaining() < FrameHeader.SIZE) {
            flush();
        }
        codec.encode(header, buffer);
        for (byte[] piece : entry.pieces()) {
            put(piece, piece.length);
        }
        ByteSource stream = entry.stream();
        if (stream != null) {
            put(stream);
        }
        put(PADDING, (int) (header.endLsn() - header.payloadLsn() - header.payloadLength()));
        at = header.endLsn();
    }

    private void put(byte[] bytes, int count) throws IOException {
        int done = 0;
        while (done < count) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int part = Math.min(count - done, buffer.remaining());
            buffer.put(bytes, done, part);
            done += part;
        }
    }

    private void put(ByteSource stream) throws IOException {
        byte[] copy = chunk == null ? new byte[FIRST_CAPACITY] : chunk;
        chunk = copy;
        long left = stream.size();
        try (InputStream in = opened(stream)) {
            while (left > 0) {
                int got = read(in, copy, (int) Math.min(copy.length, left));
                put(copy, got);
                left -= got;
            }
        }
    }

    private static InputStream opened(ByteSource stream) throws BodyGoneException {
        try {
            return stream.open();
        } catch (IOException e) {
            throw new BodyGoneException("a body can't be read", e);
        }
    }

    private static int read(InputStream in, byte[] copy, int most) throws BodyGoneException {
        try {
            int got = in.read(copy, 0, most);
            if (got < 0) {
                throw new BodyGoneException("a body is shorter than it was", null);
            }
            return got;
        } catch (BodyGoneException e) {
            throw e;
        } catch (IOException e) {
            throw new BodyGoneException("a body can't be read", e);
        }
    }

    /// Appends what is in the buffer.
    void flush() throws IOException {
        buffer.flip();
        if (buffer.hasRemaining()) {
            store.append(store.endLsn(), buffer);
        }
        buffer.clear();
    }
}
