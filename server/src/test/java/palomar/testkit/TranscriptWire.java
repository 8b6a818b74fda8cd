package palomar.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A socket that speaks lines and IMAP literals; text is bytes as ISO 8859-1. One thread.
final class TranscriptWire implements AutoCloseable {
    /// Only a failing test waits this long.
    private static final int PATIENCE_MILLIS = 10_000;

    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private @Nullable Compression compression;

    public TranscriptWire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    public void send(String bytes) throws IOException {
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /// Compresses both directions from here on.
    public void startCompression() {
        Compression begun = new Compression(in, out);
        compression = begun;
        in = begun.in();
        out = begun.out();
    }

    /// Behind what was sent and received last.
    public void endCompression() throws IOException {
        Compression ending = compression;
        if (ending == null) {
            throw new IllegalStateException("not compressed");
        }
        in = ending.end();
        out = ending.plainOut();
    }

    /// Makes the TLS handshake, as a client that trusts anyone.
    public void startTls() throws IOException {
        SSLSocket wrapped = (SSLSocket) WireClient.context(new KeyManager[0])
                .getSocketFactory()
                .createSocket(socket, "localhost", socket.getPort(), true);
        wrapped.startHandshake();
        socket = wrapped;
        in = new BufferedInputStream(wrapped.getInputStream());
        out = wrapped.getOutputStream();
    }

    /// One response without its final CRLF, literals included.
    ///
    /// @throws EOFException when the server has hung up
    public String response() throws IOException {
        ByteArrayOutputStream collected = new ByteArrayOutputStream();
        while (true) {
            int from = collected.size();
            line(collected);
            String line = collected.toString(StandardCharsets.ISO_8859_1).substring(from);
            int literal = literalSize(line);
            if (literal < 0) {
                return collected.toString(StandardCharsets.ISO_8859_1);
            }
            collected.writeBytes(new byte[] {'\r', '\n'});
            byte[] content = in.readNBytes(literal);
            if (content.length < literal) {
                throw new EOFException("hung up inside a literal");
            }
            collected.writeBytes(content);
        }
    }

    /// A line without its CRLF; a bare CR or LF is none.
    private void line(ByteArrayOutputStream collected) throws IOException {
        for (int b = in.read(); b != '\r'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("hung up");
            }
            if (b == '\n') {
                throw new IOException("LF without CR behind " + collected.toString(StandardCharsets.ISO_8859_1));
            }
            collected.write(b);
        }
        if (in.read() != '\n') {
            throw new IOException("CR without LF behind " + collected.toString(StandardCharsets.ISO_8859_1));
        }
    }

    /// The size in a trailing `{n}`, or -1.
    static int literalSize(String line) {
        int open = line.lastIndexOf('{');
        if (open < 0 || !line.endsWith("}") || open + 2 > line.length() - 1) {
            return -1;
        }
        String digits = line.substring(open + 1, line.length() - 1);
        return digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(digits) : -1;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
