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

/// An LMTP client: one message at a time, answers as they come.
final class LmtpWire implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private LmtpWire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    static LmtpWire connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        LmtpWire wire = new LmtpWire(socket);
        wire.expect(wire.reply(), "220");
        wire.expect(wire.say("LHLO it.example"), "250");
        return wire;
    }

    /// Delivers a message (CRLF line ends, none of its lines begins with a dot) and returns the answer of each
    /// recipient.
    List<String> deliver(byte[] message, String... recipients) throws IOException {
        expect(say("MAIL FROM:<sender@example.org>"), "250");
        for (String recipient : recipients) {
            expect(say("RCPT TO:<" + recipient + ">"), "250");
        }
        expect(say("DATA"), "354");
        out.write(message);
        out.write(".\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < recipients.length; i++) {
            answers.add(reply());
        }
        return answers;
    }

    private String say(String command) throws IOException {
        out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return reply();
    }

    private void expect(String reply, String code) throws IOException {
        if (!reply.startsWith(code)) {
            throw new IOException("expected " + code + ": " + reply);
        }
    }

    /// The last line of a reply.
    private String reply() throws IOException {
        String line;
        do {
            line = readLine();
        } while (line.length() > 3 && line.charAt(3) == '-');
        return line;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
