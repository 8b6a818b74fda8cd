package palomar.it;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// An IMAP client that knows just lines and literals, so that it can't share the server's misunderstandings.
final class ImapWire implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int tag;

    /// One response: the line with `{n}` kept, and the literals in it.
    record Line(String text, List<byte[]> literals) {}

    private ImapWire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = socket.getOutputStream();
    }

    static ImapWire connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        ImapWire wire = new ImapWire(socket);
        String greeting = wire.read().text();
        if (!greeting.startsWith("* OK")) {
            throw new IOException("greeting: " + greeting);
        }
        return wire;
    }

    static ImapWire login(int port, String user) throws IOException {
        ImapWire wire = connect(port);
        wire.ok("LOGIN " + user + " demo");
        return wire;
    }

    /// Sends a command and returns the untagged responses; throws when the answer is not OK.
    List<Line> ok(String command) throws IOException {
        List<Line> lines = command(command);
        String last = lines.removeLast().text();
        if (!last.contains(" OK ")) {
            throw new IOException(command + " -> " + last);
        }
        return lines;
    }

    /// Sends a command and returns all responses, the tagged one last.
    List<Line> command(String command) throws IOException {
        String mine = "t" + ++tag;
        send(mine + " " + command + "\r\n");
        return until(mine);
    }

    /// APPEND; returns the text of the tagged response.
    String append(String mailbox, byte[] message) throws IOException {
        String mine = "t" + ++tag;
        send(mine + " APPEND " + mailbox + " {" + message.length + "}\r\n");
        Line go = read();
        if (!go.text().startsWith("+")) {
            return go.text();
        }
        out.write(message);
        send("\r\n");
        return until(mine).getLast().text();
    }

    /// A line that came without being asked for.
    String nextLine() throws IOException {
        return read().text();
    }

    private List<Line> until(String mine) throws IOException {
        List<Line> lines = new ArrayList<>();
        do {
            lines.add(read());
        } while (!lines.getLast().text().startsWith(mine + " "));
        return lines;
    }

    private void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private Line read() throws IOException {
        StringBuilder text = new StringBuilder();
        List<byte[]> literals = new ArrayList<>();
        while (true) {
            String part = readLine();
            text.append(part);
            int open = part.endsWith("}") ? part.lastIndexOf('{') : -1;
            if (open < 0) {
                return new Line(text.toString(), literals);
            }
            int size = Integer.parseInt(part.substring(open + 1, part.length() - 1));
            byte[] literal = in.readNBytes(size);
            if (literal.length < size) {
                throw new EOFException("in a literal");
            }
            literals.add(literal);
        }
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
