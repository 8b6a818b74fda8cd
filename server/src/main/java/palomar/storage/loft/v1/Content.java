package palomar.storage.loft.v1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import palomar.bytes.ByteSource;
import palomar.storage.journal.DamagedFrameException;
import palomar.storage.journal.SegmentGoneException;

/// A stored message: the recipient's head, then the body, both read from the log when asked for. Finds its body
/// again when compaction has moved it. Immutable but for that; safe for many threads.
final class Content implements ByteSource {
    private final LoadedBox loaded;
    private final Bodies bodies;
    private final long uid;
    private final long size;
    private final int headLength;

    /// LSNs of body and head, replaced together.
    private volatile Places places;

    private record Places(long body, long head) {}

    Content(LoadedBox loaded, Bodies bodies, long[] words, int at) {
        this.loaded = loaded;
        this.bodies = bodies;
        this.uid = Row.uid(words, at);
        this.size = Row.size(words, at);
        this.headLength = Row.headLength(words, at);
        this.places = new Places(Row.body(words, at), Row.head(words, at));
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open(long from, long count) throws IOException {
        try {
            return openAt(places, from, count);
        } catch (SegmentGoneException moved) {
            return openAt(placesNow(moved), from, count);
        } catch (IOException e) {
            bodies.report(e, loaded, uid);
            throw e;
        }
    }

    private InputStream openAt(Places at, long from, long count) throws IOException {
        long start = Math.min(Math.max(from, 0), size);
        long end = start + Math.min(Math.max(count, 0), size - start);
        ByteSource body = bodies.body(at.body, size - headLength);
        InputStream rest = end <= headLength
                ? InputStream.nullInputStream()
                : reporting(body.open(Math.max(0, start - headLength), end - Math.max(start, headLength)));
        if (start >= headLength) {
            return rest;
        }
        byte[] head = bodies.head(at.head);
        if (head.length != headLength) {
            rest.close();
            throw new IOException("head of " + head.length + " bytes where " + headLength + " must be");
        }
        InputStream first = ByteSource.of(head).open(start, Math.min(end, headLength) - start);
        return new SequenceInputStream(first, rest);
    }

    private Places placesNow(SegmentGoneException gone) throws IOException {
        synchronized (loaded.box) {
            int row = loaded.rows().find(uid);
            if (row < 0) {
                throw gone;
            }
            long[] words = loaded.rows().words(row);
            places = new Places(Row.body(words, Rows.offset(row)), Row.head(words, Rows.offset(row)));
            return places;
        }
    }

    private InputStream reporting(InputStream body) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    return body.read();
                } catch (IOException e) {
                    bodies.report(e, loaded, uid);
                    throw e;
                }
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                try {
                    return body.read(target, offset, length);
                } catch (IOException e) {
                    bodies.report(e, loaded, uid);
                    throw e;
                }
            }

            @Override
            public long transferTo(OutputStream out) throws IOException {
                try {
                    return body.transferTo(out);
                } catch (DamagedFrameException e) {
                    bodies.report(e, loaded, uid);
                    throw e;
                }
            }

            @Override
            public int available() throws IOException {
                return body.available();
            }

            @Override
            public void close() throws IOException {
                body.close();
            }
        };
    }
}
