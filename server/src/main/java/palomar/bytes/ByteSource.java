package palomar.bytes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Content of a known length that can be read more than once, in whole or in part, without holding it in memory.
///
/// Opening is cheap and happens at each read: a source over a file or a log opens, streams and closes by itself,
/// so a source may be kept as long as its owner says. Sources are immutable and safe for many threads; a stream
/// that one hands out belongs to one thread.
public interface ByteSource {

    /// Length in bytes; known before anything is opened, because IMAP announces a literal before it sends it.
    long size();

    /// A stream over `count` bytes from `from` (both in bytes; clipped to the content). The caller closes it.
    InputStream open(long from, long count) throws IOException;

    /// Writes `count` bytes from `from` (clipped) to `out` without closing it.
    default void writeTo(OutputStream out, long from, long count) throws IOException {
        try (InputStream in = open(from, count)) {
            in.transferTo(out);
        }
    }

    default InputStream open() throws IOException {
        return open(0, size());
    }

    /// The whole content in memory: only for callers that know the content to be small.
    default byte[] bytes() throws IOException {
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }

    static ByteSource of(byte[] content) {
        return of(content, 0, content.length);
    }

    /// A view of part of an array that the caller will not change any more.
    static ByteSource of(byte[] content, int offset, int length) {
        return new ByteSource() {
            @Override
            public long size() {
                return length;
            }

            @Override
            public InputStream open(long from, long count) {
                int start = (int) Math.min(Math.max(from, 0), length);
                int taken = (int) Math.min(Math.max(count, 0), length - start);
                return new ByteArrayInputStream(content, offset + start, taken);
            }

            @Override
            public void writeTo(OutputStream out, long from, long count) throws IOException {
                int start = (int) Math.min(Math.max(from, 0), length);
                int taken = (int) Math.min(Math.max(count, 0), length - start);
                out.write(content, offset + start, taken);
            }
        };
    }
}
