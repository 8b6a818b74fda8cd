package palomar.admin;

import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import palomar.event.Event;

/// Answers operators on a Unix socket. One virtual thread accepts, one more serves each caller.
public final class ControlServer implements AutoCloseable {
    private static final int MOST_CALLERS = 32;
    private static final int MOST_INTAKES = 256;
    private static final int LONGEST_REQUEST = 16 * 1024;
    private static final int SOFTWARE = 70;
    private static final int NO_PERMISSION = 77;
    private static final int TEMP_FAIL = 75;
    private static final int USAGE = 64;

    private final Path path;
    private final ServerSocketChannel socket;
    private final Map<String, ControlVerb> verbs;
    private final Map<String, ControlIntake> intakes;
    private final String owner;
    private final Event event;
    private final Semaphore callers = new Semaphore(MOST_CALLERS);

    // Of their own: deliveries that wait for a slow pipe must not keep the operator out.
    private final Semaphore taking = new Semaphore(MOST_INTAKES);

    private ControlServer(
            Path path,
            ServerSocketChannel socket,
            Map<String, ControlVerb> verbs,
            Map<String, ControlIntake> intakes,
            Event event)
            throws IOException {
        this.path = path;
        this.socket = socket;
        this.verbs = Map.copyOf(verbs);
        this.intakes = Map.copyOf(intakes);
        this.owner = Files.getOwner(path).getName();
        this.event = event;
    }

    /// Listens on `path`; a stale socket there is replaced. The caller holds the data directory's lock, so no
    /// living server can own it.
    ///
    /// Throws IOException when the socket can't be made.
    public static ControlServer open(
            Path path, Map<String, ControlVerb> verbs, Map<String, ControlIntake> intakes, Event event)
            throws IOException {
        Files.deleteIfExists(path);
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.bind(UnixDomainSocketAddress.of(path), 64);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | UnsupportedOperationException e) {
            socket.close();
            throw e;
        }
        ControlServer server = new ControlServer(path, socket, verbs, intakes, event);
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
        Semaphore place = callers;
        try (caller;
                InputStream in = new BufferedInputStream(Channels.newInputStream(caller));
                BufferedWriter out = new BufferedWriter(
                        new OutputStreamWriter(Channels.newOutputStream(caller), StandardCharsets.UTF_8))) {
            String user =
                    caller.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
            if (!user.equals(owner) && !user.equals("root")) {
                out.write(failure(NO_PERMISSION, "only " + owner + " and root may do that"));
                return;
            }
            String line = requestLine(in);
            if (line.isEmpty()) {
                return;
            }
            List<String> request = List.of(line.split("\t", -1));
            ControlIntake intake = intakes.get(request.getFirst());
            if (intake == null) {
                out.write(answer(request, text -> write(out, text)));
                return;
            }
            boolean mayTake = taking.tryAcquire();
            if (mayTake) {
                place.release();
                place = taking;
            }
            out.write(mayTake ? taken(intake, request, in) : failure(TEMP_FAIL, "the server takes too many at once"));
            out.flush();
            // What is left unread would break the connection under the answer.
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            event.debug("admin.control", "the caller is gone", "cause", gone);
        } finally {
            place.release();
        }
    }

    /// The request without its line feed; empty at the end of the input or when it is too long.
    private static String requestLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.size() == LONGEST_REQUEST) {
                return "";
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
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
            return failure(USAGE, "the server does not know \"" + request.getFirst() + "\"");
        }
        try {
            verb.run(request.subList(1, request.size()), reply);
            return "ok\n";
        } catch (ControlFailure refused) {
            return failure(refused.exitCode(), refused.text());
        } catch (RuntimeException ours) {
            return bug(request, ours);
        }
    }

    private String taken(ControlIntake intake, List<String> request, InputStream content) throws IOException {
        try {
            intake.take(request.subList(1, request.size()), content);
            return "ok\n";
        } catch (ControlFailure refused) {
            return failure(refused.exitCode(), refused.text());
        } catch (RuntimeException ours) {
            return bug(request, ours);
        }
    }

    private String bug(List<String> request, RuntimeException ours) {
        event.error("admin.control", "a control request failed", ours, "verb", request.getFirst());
        return failure(SOFTWARE, "internal error, see the server's log: " + ours);
    }

    private static String failure(int exitCode, String text) {
        return "fail\t" + exitCode + "\t" + oneLine(text) + "\n";
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }

    /// How many callers are handing something over.
    int taken() {
        return MOST_INTAKES - taking.availablePermits();
    }

    /// No new callers; what is being taken in may end within the grace time.
    public void stop(Duration grace) throws InterruptedException {
        close();
        if (!taking.tryAcquire(MOST_INTAKES, grace.toMillis(), TimeUnit.MILLISECONDS)) {
            event.warn("admin.control", "what callers were handing over is cut off: the grace time is over");
        }
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
