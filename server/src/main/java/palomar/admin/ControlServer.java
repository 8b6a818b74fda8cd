package palomar.admin;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;
import palomar.event.Event;

/// Answers operators on a Unix socket. One virtual thread accepts, one more serves each caller.
public final class ControlServer implements AutoCloseable {
    private static final int MOST_CALLERS = 32;
    private static final int LONGEST_REQUEST = 16 * 1024;
    private static final int SOFTWARE = 70;
    private static final int NO_PERMISSION = 77;
    private static final int USAGE = 64;

    private final Path path;
    private final ServerSocketChannel socket;
    private final Map<String, ControlVerb> verbs;
    private final String owner;
    private final Event event;
    private final Semaphore callers = new Semaphore(MOST_CALLERS);

    private ControlServer(
            Path path, ServerSocketChannel socket, Map<String, ControlVerb> verbs, String owner, Event event) {
        this.path = path;
        this.socket = socket;
        this.verbs = Map.copyOf(verbs);
        this.owner = owner;
        this.event = event;
    }

    /// Listens on `path`; a stale socket there is replaced. The caller holds the data directory's lock, so no living
    /// server can own it.
    ///
    /// Throws IOException when the socket can't be made.
    public static ControlServer open(Path path, Map<String, ControlVerb> verbs, Event event) throws IOException {
        Files.deleteIfExists(path);
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.bind(UnixDomainSocketAddress.of(path), 16);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | UnsupportedOperationException e) {
            socket.close();
            throw e;
        }
        String owner = Files.getOwner(path).getName();
        ControlServer server = new ControlServer(path, socket, verbs, owner, event);
        Thread.ofVirtual().name("control").start(server::accept);
        return server;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel caller = socket.accept();
                if (!callers.tryAcquire()) {
                    caller.close();
                    continue;
                }
                Thread.ofVirtual().name("control-caller").start(() -> serve(caller));
            }
        } catch (ClosedChannelException closed) {
            // close() was called: we are done
        } catch (IOException broken) {
            event.error("admin.control", "the control socket broke: restart to get it back", broken, "path", path);
        }
    }

    private void serve(SocketChannel caller) {
        try (caller;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(caller), StandardCharsets.UTF_8), 1024);
                BufferedWriter out = new BufferedWriter(
                        new OutputStreamWriter(Channels.newOutputStream(caller), StandardCharsets.UTF_8))) {
            String user =
                    caller.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
            if (!user.equals(owner) && !user.equals("root")) {
                out.write("fail\t" + NO_PERMISSION + "\tonly " + owner + " and root may do that\n");
                return;
            }
            String request = requestLine(in);
            if (!request.isEmpty()) {
                out.write(answer(List.of(request.split("\t", -1)), line -> write(out, line)));
            }
        } catch (IOException gone) {
            event.debug("admin.control", "the caller is gone", "cause", gone);
        } finally {
            callers.release();
        }
    }

    /// The request without its line feed; empty at the end of the input or when it is too long.
    private static String requestLine(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() == LONGEST_REQUEST) {
                return "";
            }
            line.append((char) c);
        }
        return line.toString();
    }

    private void write(BufferedWriter out, String line) {
        try {
            out.write("+" + oneLine(line) + "\n");
            out.flush();
        } catch (IOException gone) {
            event.debug("admin.control", "the caller is gone", "cause", gone);
        }
    }

    private String answer(List<String> request, ControlReply reply) {
        ControlVerb verb = verbs.get(request.getFirst());
        if (verb == null) {
            return "fail\t" + USAGE + "\tthe server does not know \"" + oneLine(request.getFirst()) + "\"\n";
        }
        try {
            verb.run(request.subList(1, request.size()), reply);
            return "ok\n";
        } catch (ControlFailure refused) {
            return "fail\t" + refused.exitCode() + "\t" + oneLine(refused.text()) + "\n";
        } catch (RuntimeException ours) {
            event.error("admin.control", "a control request failed", ours, "verb", request.getFirst());
            return "fail\t" + SOFTWARE + "\tinternal error, see the server's log: " + oneLine(ours.toString()) + "\n";
        }
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }

    @Override
    public void close() {
        try {
            socket.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            event.warn("admin.control", "the control socket could not be removed", "path", path, "cause", e);
        }
    }
}
