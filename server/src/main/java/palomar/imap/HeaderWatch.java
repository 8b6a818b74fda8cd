package palomar.imap;

import java.io.IOException;
import java.io.OutputStream;

/// Passes a message on and sees whether its header, up to the first empty line, has bytes above ASCII. One thread.
final class HeaderWatch extends OutputStream {
    private final OutputStream target;
    private boolean inHeader = true;
    private boolean lineEmpty = true;
    private boolean raw;

    HeaderWatch(OutputStream target) {
        this.target = target;
    }

    /// Was there one so far?
    boolean isRaw() {
        return raw;
    }

    @Override
    public void write(int b) throws IOException {
        look((byte) b);
        target.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int at = offset; inHeader && at < offset + length; at++) {
            look(bytes[at]);
        }
        target.write(bytes, offset, length);
    }

    private void look(byte b) {
        if (!inHeader) {
            return;
        }
        if (b == '\n') {
            inHeader = !lineEmpty;
            lineEmpty = true;
        } else if (b != '\r') {
            lineEmpty = false;
            raw |= b < 0;
        }
    }
}
