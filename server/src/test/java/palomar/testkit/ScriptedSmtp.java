package palomar.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// An SMTP server that follows scripts, one for each connection, on a port of the loopback.
///
/// Lines of a script: `S: text` says it; `C: text` waits for exactly that line (`*` at its end stands for
/// anything); `DATA` takes a message up to its dot; `TAKE n` takes n bytes; `TLS` begins TLS; `DROP` closes;
/// `SILENT` says nothing until the server is closed; `FLOOD` sends without end. What a client says otherwise is
/// kept in [#wrong].
public final class ScriptedSmtp implements AutoCloseable {
    private final ServerSocket server;
    private final @Nullable SSLContext tls;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    public ScriptedSmtp(@Nullable SSLContext tls, String... scripts) throws IOException {
        this.tls = tls;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.thread = Thread.ofVirtual().name("scripted-smtp").start(() -> run(List.of(scripts)));
    }

    public int port() {
        return server.getLocalPort();
    }

    /// What did not follow the script, once all of it is played.
    public List<String> wrong() throws InterruptedException {
        thread.join();
        synchronized (wrong) {
            return List.copyOf(wrong);
        }
    }

    /// The messages as they came, dots and all.
    public List<String> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    private void run(List<String> scripts) {
        for (String script : scripts) {
            try (Socket socket = server.accept()) {
                play(script, socket);
            } catch (IOException gone) {
                if (closing.getCount() > 0 && !script.contains("FLOOD")) {
                    wrong("the client is gone: " + gone);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void play(String script, Socket plain) throws IOException, InterruptedException {
        Socket socket = plain;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        for (String line : script.lines().map(String::strip).toList()) {
            if (line.startsWith("S: ")) {
                out.write((line.substring(3) + "\r\n").getBytes(StandardCharsets.UTF_8));
            } else if (line.startsWith("C: ")) {
                String expected = line.substring(3);
                String said = line(in);
                boolean same = expected.endsWith("*")
                        ? said.startsWith(expected.substring(0, expected.length() - 1))
                        : said.equals(expected);
                if (!same) {
                    wrong("expected " + expected + ", came " + said);
                    return;
                }
            } else if (line.equals("DATA")) {
                synchronized (messages) {
                    messages.add(message(in));
                }
            } else if (line.startsWith("TAKE ")) {
                byte[] taken = in.readNBytes(Integer.parseInt(line.substring(5)));
                synchronized (messages) {
                    messages.add(new String(taken, StandardCharsets.ISO_8859_1));
                }
            } else if (line.equals("TLS")) {
                socket = secured(plain);
                in = new BufferedInputStream(socket.getInputStream());
                out = socket.getOutputStream();
            } else if (line.equals("SILENT")) {
                closing.await();
            } else if (line.equals("FLOOD")) {
                byte[] flood = "250-".repeat(1000).getBytes(StandardCharsets.US_ASCII);
                while (closing.getCount() > 0) {
                    out.write(flood);
                }
            } else if (line.equals("DROP")) {
                return;
            }
            out.flush();
        }
    }

    private SSLSocket secured(Socket plain) throws IOException {
        if (tls == null) {
            throw new IOException("this server has no certificate");
        }
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        socket.setUseClientMode(false);
        try {
            socket.startHandshake();
        } catch (javax.net.ssl.SSLException refused) {
            throw new IOException("no handshake", refused);
        }
        return socket;
    }

    private void wrong(String what) {
        synchronized (wrong) {
            wrong.add(what);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return "(end) " + line.toString(StandardCharsets.UTF_8);
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).replace("\r", "");
    }

    private static String message(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith("\r\n.\r\n") && !text.toString().equals(".\r\n")) {
            int b = in.read();
            if (b < 0) {
                return "(cut) " + text;
            }
            text.append((char) b);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        server.close();
    }
}
