package palomar.server.rehearsal;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// A client that sends a line and waits until it is answered. It looks at an answer's last line only, so that it
/// costs next to nothing. One thread.
public final class Partner implements Closeable {
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[64 * 1024];
    private int used;
    private int tag;

    public Partner(InputStream in, OutputStream out) throws IOException {
        this.in = in;
        this.out = out;
        answer("", 1);
    }

    /// An IMAP command without its tag, or what stands for a continuation of it.
    void command(String text) throws IOException {
        String name = "r" + ++tag;
        send(name + " " + text + "\r\n");
        answer(name + " ", 1);
    }

    /// A line of LMTP, or many.
    void line(String text) throws IOException {
        line(text, 1);
    }

    /// What is answered once for each recipient.
    void line(String text, int answers) throws IOException {
        send(text + "\r\n");
        answer("", answers);
    }

    /// The rest of the command before, with its end of line.
    void rest(String text) throws IOException {
        send(text);
        answer("r" + tag + " ", 1);
    }

    private void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /// Reads until what came has so many lines and ends in one that begins with `prefix` or asks for more; without
    /// a prefix, in any that is the last of a reply.
    private void answer(String prefix, int lines) throws IOException {
        int ended = 0;
        used = 0;
        do {
            if (used == buffer.length) {
                // Only the end counts.
                System.arraycopy(buffer, used / 2, buffer, 0, used - used / 2);
                used -= used / 2;
            }
            int got = in.read(buffer, used, buffer.length - used);
            if (got < 0) {
                throw new EOFException("the server has closed the connection");
            }
            for (int i = used; ended < lines && i < used + got; i++) {
                ended += buffer[i] == '\n' ? 1 : 0;
            }
            used += got;
        } while (ended < lines || !answered(used, prefix));
    }

    /// Whether the last answer was OK, or asked for more.
    boolean accepted() {
        int start = lastLine(used);
        int word = start + 1 + (tag == 0 ? 0 : ("r" + tag).length());
        return buffer[start] == '+' || buffer[start] == '2' || word < used && buffer[word] == 'O';
    }

    /// The number behind a word in the last answer, or 0.
    long number(String word) {
        String text = new String(buffer, 0, used, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(word + " ") + word.length() + 1;
        long number = 0;
        for (; at > word.length() && at < used && text.charAt(at) >= '0' && text.charAt(at) <= '9'; at++) {
            number = number * 10 + text.charAt(at) - '0';
        }
        return number;
    }

    private boolean answered(int end, String prefix) {
        if (buffer[end - 1] != '\n') {
            return false;
        }
        int start = lastLine(end);
        if (buffer[start] == '+') {
            return true;
        }
        if (prefix.isEmpty()) {
            // SMTP: all lines of a reply but the last have a hyphen behind the code.
            return end - start > 3 && buffer[start + 3] != '-';
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (start + i >= end || buffer[start + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int lastLine(int end) {
        int start = end - 1;
        while (start > 0 && buffer[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    @Override
    public void close() throws IOException {
        try (in) {
            out.close();
        }
    }
}
