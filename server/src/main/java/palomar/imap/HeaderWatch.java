package palomar.imap;

import java.io.IOException;
import java.io.OutputStream;

/// Passes a message on and sees whether its header, up to the first empty line, is written in UTF-8 beyond ASCII:
/// an internationalized header (RFC 6532). Bytes that are no UTF-8 make it a header of the old kind, in Latin-1 or
/// worse, which no rule about UTF-8 is meant for. One thread.
final class HeaderWatch extends OutputStream {
    private final OutputStream target;
    private boolean inHeader = true;
    private boolean lineEmpty = true;
    private boolean beyondAscii;
    private boolean broken;
    /// Bytes that must follow in the current letter, and the least that the next of them may be.
    private int following;

    private int least;
    private int most;

    HeaderWatch(OutputStream target) {
        this.target = target;
    }

    /// Has the header letters beyond ASCII, all of it being UTF-8?
    boolean isInternational() {
        return beyondAscii && !broken && following == 0;
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
        }
        if (following > 0) {
            follow(b & 0xff);
        } else if (b < 0) {
            lead(b & 0xff);
        }
    }

    /// RFC 3629 4
    private void lead(int b) {
        beyondAscii = true;
        broken |= b < 0xc2 || b > 0xf4;
        following = b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
        least = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
        most = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
    }

    private void follow(int b) {
        broken |= b < least || b > most;
        following--;
        least = 0x80;
        most = 0xbf;
    }
}
