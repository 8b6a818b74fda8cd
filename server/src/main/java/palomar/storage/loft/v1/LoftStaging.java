package palomar.storage.loft.v1;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MessageGuid;
import palomar.message.MessageParser;
import palomar.storage.StagedMessage;
import palomar.storage.Staging;
import palomar.storage.journal.BodyEncoder;
import palomar.storage.journal.Compression;

/// Takes a message in: parsed, checksummed and (when wanted) compressed as it passes, so that storing it later
/// reads nothing twice. In memory up to 64 KiB, in spool files above. One thread.
final class LoftStaging extends Staging {
    private static final int IN_MEMORY = 64 << 10;

    private final @Nullable Spool spool;
    private final MessageGuid guid;
    private final MessageParser parser = new MessageParser();
    private final BodyEncoder encoder;
    private final boolean compress;

    /// Large enough for most messages at once; what is not needed is given back at the end.
    private byte[] memory = new byte[16 << 10];
    private int filled;
    private long size;
    private @Nullable SpoolFile raw;

    /// Compressed blocks; unused when the raw bytes are stored as they are.
    private final Overflow blocks = new Overflow();

    private @Nullable StagedMessage finished;
    private boolean closed;

    /// @param spool for large messages; without one they stay in memory
    LoftStaging(@Nullable Spool spool, boolean compress, MessageGuid guid) {
        this.spool = spool;
        this.compress = compress;
        this.guid = guid;
        this.encoder = compress
                ? new BodyEncoder(Compression.ALWAYS, blocks)
                : new BodyEncoder(Compression.NEVER, OutputStream.nullOutputStream());
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (finished != null || closed) {
            throw new IllegalStateException("the message has ended");
        }
        if (size + length > Row.MAX_SIZE) {
            throw new MailException(MailError.LIMIT, "the message is too large");
        }
        try {
            parser.feed(bytes, offset, length);
            encoder.write(bytes, offset, length);
            keep(bytes, offset, length);
        } catch (IOException e) {
            throw Failures.refusal(e);
        }
        size += length;
    }

    private void keep(byte[] bytes, int offset, int length) throws IOException {
        if (raw == null && spool != null && size + length > IN_MEMORY) {
            raw = spool.file();
        }
        SpoolFile file = raw;
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == memory.length) {
                if (file != null && filled >= IN_MEMORY) {
                    file.append(memory, 0, filled);
                    filled = 0;
                } else {
                    int most = spool == null ? Integer.MAX_VALUE - 16 : IN_MEMORY;
                    memory = Arrays.copyOf(memory, Math.min(most, Math.max(memory.length * 2, filled + left)));
                }
            }
            int part = Math.min(left, memory.length - filled);
            System.arraycopy(bytes, from, memory, filled, part);
            filled += part;
            from += part;
            left -= part;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public StagedMessage finish() {
        StagedMessage ready = finished;
        if (ready != null) {
            return ready;
        }
        try {
            SpoolFile file = raw;
            ByteSource content;
            if (file == null) {
                if (filled < memory.length / 2) {
                    memory = Arrays.copyOf(memory, filled);
                }
                content = ByteSource.of(memory, 0, filled);
            } else {
                file.append(memory, 0, filled);
                memory = new byte[0];
                filled = 0;
                content = file;
            }
            encoder.flushBlock();
            StagedContent both = new StagedContent(content, encoder.finish(compress ? blocks.source() : content));
            ready = new StagedMessage(both, parser.finish(), guid);
        } catch (IOException e) {
            throw Failures.refusal(e);
        }
        finished = ready;
        return ready;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        discard(raw);
        discard(blocks.file);
    }

    private void discard(@Nullable SpoolFile file) {
        if (file != null && spool != null) {
            spool.discard(file);
        }
    }

    /// Compressed blocks on their way: in memory first, then all of them in a spool file.
    private final class Overflow extends OutputStream {
        private byte[] bytes = new byte[0];
        private int used;
        private @Nullable SpoolFile file;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            SpoolFile open = file;
            if (open == null && spool != null && used + length > IN_MEMORY) {
                open = spool.file();
                file = open;
                open.append(bytes, 0, used);
                bytes = new byte[0];
            }
            if (open != null) {
                open.append(source, offset, length);
                return;
            }
            if (bytes.length - used < length) {
                bytes = Arrays.copyOf(bytes, Math.max(used + length, bytes.length * 2));
            }
            System.arraycopy(source, offset, bytes, used, length);
            used += length;
        }

        private ByteSource source() {
            SpoolFile open = file;
            return open == null ? ByteSource.of(bytes, 0, used) : open;
        }
    }
}
