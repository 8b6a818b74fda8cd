package palomar.smtp.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Encodes text on the fly; line ends stay line ends. RFC 2045 6.7. One thread.
final class QuotedPrintable extends OutputStream {
    private static final int LONGEST = 75; // and the `=` of a soft line end
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final byte[] line = new byte[LONGEST + 4];
    private int length;
    // Their meaning depends on what follows.
    private int heldBlank;
    private boolean heldCr;

    QuotedPrintable(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        int c = b & 0xff;
        if (c == '\n') {
            if (heldBlank != 0) {
                escaped(heldBlank);
            }
            heldBlank = 0;
            heldCr = false;
            endLine();
            return;
        }
        if (c == '\r' && !heldCr) {
            heldCr = true;
            return;
        }
        release();
        if (c == ' ' || c == '\t') {
            heldBlank = c;
        } else if (c == '\r') {
            heldCr = true;
        } else if (c > ' ' && c < 0x7f && c != '=') {
            put((byte) c);
        } else {
            escaped(c);
        }
    }

    private void release() throws IOException {
        if (heldBlank != 0) {
            put((byte) heldBlank);
        }
        if (heldCr) {
            escaped('\r');
        }
        heldBlank = 0;
        heldCr = false;
    }

    private void put(byte b) throws IOException {
        if (length + 1 > LONGEST) {
            softEnd();
        }
        line[length++] = b;
    }

    private void escaped(int c) throws IOException {
        if (length + 3 > LONGEST) {
            softEnd();
        }
        line[length++] = '=';
        line[length++] = HEX[c >> 4];
        line[length++] = HEX[c & 15];
    }

    private void softEnd() throws IOException {
        line[length++] = '=';
        endLine();
    }

    private void endLine() throws IOException {
        line[length++] = '\r';
        line[length++] = '\n';
        out.write(line, 0, length);
        length = 0;
    }

    /// What is left; a text without a last line end does not get one.
    void finish() throws IOException {
        if (heldBlank != 0) {
            escaped(heldBlank);
        }
        if (heldCr) {
            escaped('\r');
        }
        heldBlank = 0;
        heldCr = false;
        if (length > 0) {
            softEnd();
        }
    }
}
