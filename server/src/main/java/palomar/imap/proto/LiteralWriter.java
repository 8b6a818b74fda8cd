package palomar.imap.proto;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteOutput;
import palomar.bytes.ByteSource;
import palomar.mail.MailException;

/// Prints literals: their size, and as many bytes. RFC 9051 4.3
///
/// What was announced must come; when a source yields something else, or fails, that is [BrokenLiteral], unless it
/// was the client that went. Belongs to one thread at a time.
final class LiteralWriter {
    private final ByteOutput out;

    LiteralWriter(ByteOutput out) {
        this.out = out;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        announce(length);
        out.write(bytes, offset, length);
    }

    /// The bytes of a source from `from`, clipped to what it has.
    ///
    /// @param text NUL must not show
    void write(ByteSource source, long from, long count, boolean text) throws IOException {
        long start = Math.clamp(from, 0, source.size());
        long length = Math.clamp(count, 0, source.size() - start);
        announce(length);
        stream(source, start, length, text);
    }

    private void announce(long size) throws IOException {
        out.write('{');
        out.number(size);
        out.write('}');
        out.crlf();
    }

    private void stream(ByteSource source, long from, long length, boolean text) throws IOException {
        if (length == 0) {
            return;
        }
        Announced target = new Announced(length, text);
        try {
            source.writeTo(target, from, length);
        } catch (IOException e) {
            if (e == target.lost || e instanceof BrokenLiteral) {
                throw e;
            }
            throw new BrokenLiteral(length, target.written, e);
        } catch (MailException | UncheckedIOException e) {
            throw new BrokenLiteral(length, target.written, e);
        }
        if (target.written != length) {
            throw new BrokenLiteral(length, target.written, null);
        }
    }

    /// Counts what a source delivers, and remembers whether it was the client that failed.
    private final class Announced extends OutputStream {
        private final long size;
        /// NUL must not show.
        private final boolean text;
        private long written;
        private @Nullable IOException lost;

        Announced(long size, boolean text) {
            this.size = size;
            this.text = text;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > size - written) {
                throw new BrokenLiteral(size, written + length, null);
            }
            try {
                if (text && NulBytes.any(bytes, offset, length)) {
                    out.write(NulBytes.shown(bytes, offset, length));
                } else {
                    out.write(bytes, offset, length);
                }
            } catch (IOException e) {
                lost = e;
                throw e;
            }
            written += length;
        }
    }
}
