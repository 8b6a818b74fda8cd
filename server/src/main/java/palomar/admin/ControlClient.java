package palomar.admin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Asks the running server for something.
public final class ControlClient {
    private static final int UNAVAILABLE = 69;

    private final Path path;

    /// @param path of the server's control socket
    public ControlClient(Path path) {
        this.path = path;
    }

    /// True when a server answers there.
    public boolean serverIsThere() {
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return socket.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    /// Sends a request and hands each line of the answer to `line`; throws [ControlFailure] when the server
    /// refuses or does not answer.
    public void call(Consumer<String> line, String verb, String... arguments) {
        call(line, InputStream.nullInputStream(), verb, arguments);
    }

    /// The same with content behind the request, which is read to its end.
    public void call(Consumer<String> line, InputStream content, String verb, String... arguments) {
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            String request = arguments.length == 0 ? verb : verb + "\t" + String.join("\t", arguments);
            OutputStream out = Channels.newOutputStream(socket);
            out.write((request + "\n").getBytes(StandardCharsets.UTF_8));
            content.transferTo(out);
            socket.shutdownOutput();
            read(socket, line);
        } catch (IOException nobody) {
            throw new ControlFailure(UNAVAILABLE, "no server answers on " + path + " (" + nobody.getMessage() + ")");
        }
    }

    private void read(SocketChannel socket, Consumer<String> lines) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(socket), StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("+")) {
                lines.accept(line.substring(1));
                continue;
            }
            List<String> end = List.of(line.split("\t", 3));
            if (end.getFirst().equals("ok")) {
                return;
            }
            throw new ControlFailure(Integer.parseInt(end.get(1)), end.get(2));
        }
        throw new ControlFailure(UNAVAILABLE, "the server ended in the middle of its answer");
    }
}
