package palomar.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import palomar.bytes.MemoryOutput;
import palomar.event.Event;

/// A small line protocol over a real network, for tests: it echoes lines, knows STARTTLS, and says BYE when woken.
/// Time stands still until [#pass].
final class EchoServer implements ConnectionHandler, AutoCloseable {
    static final Duration IDLE = Duration.ofMinutes(30);

    final AtomicLong nanos = new AtomicLong(1);
    final Queue<ClientGone> gone = new ConcurrentLinkedQueue<>();
    final Network network;
    final TlsContexts tls;
    final Listener listener;

    EchoServer(Path folder, java.util.function.UnaryOperator<ListenerSettings> change) throws Exception {
        network = new Network(InstantSource.system(), nanos::get, Event.SILENT, false);
        tls = TlsContexts.load(SelfSigned.create(folder, List.of("mail.example.org"), InstantSource.system()));
        Endpoint endpoint = new Endpoint.Tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener = network.listen(change.apply(ListenerSettings.of("echo", endpoint, false)), tls, this);
    }

    InetSocketAddress address() {
        return ((Endpoint.Tcp) listener.endpoint()).address();
    }

    /// Moves time on and lets the deadline thread's work happen.
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        network.checkDeadlines();
    }

    @Override
    public void handle(Connection connection) {
        try {
            say(connection, "hello " + connection.id());
            while (connection.awaitInput(IDLE) && answer(connection, line(connection))) {
                connection.state("waiting");
            }
        } catch (ReadInterrupted woken) {
            gone.add(woken);
            say(connection, "BYE " + woken.why());
        } catch (ClientGone left) {
            gone.add(left);
            throw left;
        }
    }

    private boolean answer(Connection connection, String line) {
        switch (line) {
            case "STARTTLS" -> {
                say(connection, "OK");
                connection.startTls(tls.current());
            }
            case "COMPRESS" -> {
                say(connection, "OK");
                connection.startCompression();
            }
            case "EXPAND" -> {
                say(connection, "OK");
                try {
                    connection.endCompression();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            case "FACTS" -> say(connection, connection.peer() + " " + connection.secured() + " " + connection.tls());
            case "FLOOD" -> {
                byte[] much = new byte[1 << 20];
                for (int i = 0; i < 64; i++) {
                    write(connection, much);
                }
            }
            case "QUIT" -> {
                say(connection, "bye");
                return false;
            }
            case "USER bob", "USER carol" -> {
                connection.user(line.substring(5));
                say(connection, "OK");
            }
            default -> say(connection, line);
        }
        return true;
    }

    private static String line(Connection connection) {
        MemoryOutput line = new MemoryOutput();
        try {
            for (int b = connection.in().read(); b != '\n'; b = connection.in().read()) {
                if (b < 0) {
                    throw new ClientGone(ClientGone.Reason.CLOSED, "inside a line");
                }
                if (b != '\r') {
                    line.write(b);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    static void say(Connection connection, String text) {
        try {
            connection.out().utf8(text);
            connection.out().crlf();
            connection.out().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Connection connection, byte[] bytes) {
        try {
            connection.out().write(bytes);
            connection.out().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void refuse(Connection connection, Refusal why) {
        say(connection, "refused " + why);
    }

    @Override
    public void close() {
        network.close();
    }
}
