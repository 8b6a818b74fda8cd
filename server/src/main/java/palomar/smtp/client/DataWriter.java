package palomar.smtp.client;

import java.io.IOException;
import java.io.OutputStream;
import palomar.bytes.LineEnds;

/// The content behind DATA: puts a dot before each line that begins with one. RFC 5321 4.5.2
///
/// Every line leaves with CRLF, also one that came with LF or CR alone: the peer must not see another end of the
/// message than we do. One thread.
public final class DataWriter extends OutputStream {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final int BLOCK = 16 * 1024;

    private final OutputStream out;
    private final Runnable beforeBlock;
    private boolean lineStart = true;
    private boolean heldCr;

    /// @param beforeBlock is run before each 16 KiB
    DataWriter(OutputStream out, Runnable beforeBlock) {
        this.out = out;
        this.beforeBlock = beforeBlock;
    }

    @Override
    public void write(int b) throws IOException {
        byte[] one = {(byte) b};
        write(one, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int at = offset; at < offset + length; at += BLOCK) {
            beforeBlock.run();
            block(bytes, at, Math.min(offset + length, at + BLOCK));
        }
    }

    private void block(byte[] bytes, int from, int end) throws IOException {
        int at = from;
        if (heldCr) {
            heldCr = false;
            out.write(CRLF);
            lineStart = true;
            at += bytes[at] == '\n' ? 1 : 0;
        }
        int start = at; // the first byte that is not yet written
        while (at < end) {
            if (lineStart && bytes[at] == '.') {
                out.write(bytes, start, at - start);
                out.write('.');
                start = at;
            }
            int stop = LineEnds.nextBreak(bytes, at, end);
            lineStart = stop < end;
            if (stop == end) {
                break;
            }
            if (bytes[stop] == '\r' && stop + 1 < end && bytes[stop + 1] == '\n') {
                at = stop + 2;
                continue;
            }
            out.write(bytes, start, stop - start);
            start = stop + 1;
            at = start;
            if (bytes[stop] == '\r' && start == end) {
                heldCr = true;
                lineStart = false;
                return;
            }
            out.write(CRLF);
        }
        out.write(bytes, start, end - start);
    }

    /// The end of the message; the caller flushes and waits for the reply.
    void finish() throws IOException {
        if (heldCr || !lineStart) {
            out.write(CRLF);
        }
        out.write('.');
        out.write(CRLF);
    }
}
