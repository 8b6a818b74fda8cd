package palomar.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import palomar.event.Event;

/// One address on which we accept. Its thread takes a permit, accepts, and starts a virtual thread for each
/// connection; all that can block on a peer happens there.
public final class Listener implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int MOST_REFUSALS = 64;
    private static final long FULL_WAIT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long TROUBLE_PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final Duration PROXY_LIMIT = Duration.ofSeconds(10);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(5);

    private final Network network;
    private final @Nullable TlsContexts tls;
    private final ConnectionHandler handler;
    private final Event events;
    private final ServerSocketChannel channel;
    private final Endpoint bound;
    private final Thread thread;
    private final Permits all;
    private final Permits refusals = new Permits(MOST_REFUSALS);
    private volatile ListenerSettings settings;
    private volatile boolean closed;

    Listener(Network network, ListenerSettings settings, @Nullable TlsContexts tls, ConnectionHandler handler)
            throws IOException {
        this.network = network;
        this.settings = settings;
        this.tls = tls;
        this.handler = handler;
        this.events = network.events().with("listener", settings.protocol() + " " + settings.endpoint());
        this.all = new Permits(settings.mostConnections());
        this.channel = bind(settings.endpoint());
        this.bound = bound(settings.endpoint(), channel);
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("accept " + settings.protocol() + " " + bound)
                .unstarted(this::run);
    }

    private static ServerSocketChannel bind(Endpoint endpoint) throws IOException {
        return switch (endpoint) {
            case Endpoint.Tcp tcp -> {
                ServerSocketChannel channel = ServerSocketChannel.open();
                try {
                    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                    yield channel.bind(tcp.address(), BACKLOG);
                } catch (IOException e) {
                    channel.close();
                    throw new IOException("can't listen on " + tcp + ": " + e.getMessage(), e);
                }
            }
            case Endpoint.Unix unix -> UnixSockets.bind(unix, BACKLOG);
        };
    }

    private static Endpoint bound(Endpoint endpoint, ServerSocketChannel channel) throws IOException {
        return switch (endpoint) {
            case Endpoint.Tcp tcp -> new Endpoint.Tcp((InetSocketAddress) channel.getLocalAddress());
            case Endpoint.Unix unix -> unix;
        };
    }

    void start() {
        thread.start();
    }

    /// Where it really listens: with the port that the system chose.
    public Endpoint endpoint() {
        return bound;
    }

    public ListenerSettings settings() {
        return settings;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /// Permits that are out: one for each connection, and one in the hand of the thread that accepts.
    int permitsTaken() {
        return all.taken();
    }

    /// New limits and proxies, in force for the next connection. The endpoint and TLS must be the same.
    public void reload(ListenerSettings changed) {
        if (!changed.endpoint().equals(settings.endpoint()) || changed.implicitTls() != settings.implicitTls()) {
            throw new IllegalArgumentException("another endpoint is another listener: " + changed.endpoint());
        }
        settings = changed;
        all.limit(changed.mostConnections());
    }

    private void run() {
        while (!closed) {
            boolean permit = takePermit();
            boolean passedOn = false;
            try {
                SocketChannel accepted = channel.accept();
                // There was no room when we began to wait for a client; that may be long ago.
                permit = permit || takeBoth();
                if (permit) {
                    passedOn = begin(accepted);
                } else {
                    refuse(accepted, ConnectionHandler.Refusal.SERVER_FULL);
                }
            } catch (AsynchronousCloseException e) {
                closed = true;
            } catch (IOException | RuntimeException e) {
                // The top of the thread: whatever it is, the next client must not find a deaf listener.
                trouble(e);
            } finally {
                if (permit && !passedOn) {
                    giveBack();
                }
            }
        }
    }

    /// Leaves clients in the backlog for a second before they are turned away.
    private boolean takePermit() {
        long end = System.nanoTime() + FULL_WAIT_NANOS;
        while (!takeBoth()) {
            if (closed || System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(this, FULL_WAIT_NANOS / 10);
        }
        return true;
    }

    private boolean takeBoth() {
        if (!all.take()) {
            return false;
        }
        if (network.permits().take()) {
            return true;
        }
        all.giveBack();
        return false;
    }

    private void giveBack() {
        network.permits().giveBack();
        all.giveBack();
    }

    private void trouble(Exception e) {
        if (!closed) {
            events.error("accept-failed", "can't accept; is the limit of open files too low?", e);
            LockSupport.parkNanos(this, TROUBLE_PAUSE_NANOS);
        }
    }

    /// True when a thread has taken over the connection and its permit.
    private boolean begin(SocketChannel accepted) {
        Optional<SocketConnection> made = connection(accepted);
        if (made.isEmpty()) {
            return false;
        }
        SocketConnection connection = made.get();
        network.add(connection);
        Thread.ofVirtual().name(threadName(connection)).start(() -> {
            try {
                session(connection);
            } finally {
                connection.close();
                network.remove(connection);
                giveBack();
            }
        });
        return true;
    }

    private Optional<SocketConnection> connection(SocketChannel accepted) {
        try {
            if (settings.endpoint() instanceof Endpoint.Tcp) {
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
                accepted.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
            SocketConnection connection = new SocketConnection(
                    network.ids().draw(), settings.protocol(), network.clock().instant(), accepted, network.shared());
            connection.writeDeadline(network.limits().write());
            return Optional.of(connection);
        } catch (IOException e) {
            // Gone before we looked at it.
            events.debug("accept-lost", "the client left at once");
            try {
                accepted.close();
            } catch (IOException late) {
                events.debug("accept-lost", "close failed: " + late.getMessage());
            }
            return Optional.empty();
        }
    }

    private void session(SocketConnection connection) {
        try {
            readProxyHeader(connection);
            Optional<InetAddress> counted = counted(connection.peer());
            if (counted.isEmpty()) {
                handle(connection);
                return;
            }
            Optional<KeyedPermits.Permit> permit = network.perAddress().take(counted.get(), settings.mostPerAddress());
            if (permit.isEmpty()) {
                events.info("address-full", "refused: too many connections from this address", "peer", counted.get());
                sayRefusal(connection, ConnectionHandler.Refusal.ADDRESS_FULL);
                return;
            }
            try {
                handle(connection);
            } finally {
                permit.get().close();
            }
        } catch (ClientGone gone) {
            events.debug("client-gone", String.valueOf(gone.getMessage()), "session", connection.id());
        } catch (IOException | RuntimeException e) {
            // The top of a thread: a bug in a session ends that session, and someone must hear of it.
            events.error("session-failed", "a session ended by an internal error", e, "session", connection.id());
        }
    }

    private void handle(SocketConnection connection) {
        TlsContexts contexts = tls;
        if (settings.implicitTls() && contexts != null) {
            connection.unreadBuffered();
            connection.startTls(contexts.current());
        }
        handler.handle(connection);
    }

    private void readProxyHeader(SocketConnection connection) throws IOException {
        ListenerSettings now = settings;
        if (now.proxies().isEmpty()) {
            return;
        }
        if (!Cidr.anyContains(now.proxies(), connection.peer())) {
            events.warn("proxy-refused", "refused: not one of the proxies", "peer", connection.peer());
            throw new ClientGone(ClientGone.Reason.PROXY, "not a trusted proxy");
        }
        connection.readDeadline(PROXY_LIMIT);
        switch (ProxyHeader.read(connection.in())) {
            case ProxyHeader.Local() -> {}
            case ProxyHeader.Proxied header -> {
                connection.proxied(header);
                Thread.currentThread().setName(threadName(connection));
            }
        }
        connection.readDeadline(Duration.ofMinutes(1));
    }

    private static String threadName(Connection connection) {
        return connection.protocol() + "-" + connection.id() + " " + named(connection.peer());
    }

    private static String named(SocketAddress peer) {
        return peer instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "unix";
    }

    /// What is counted for a client: its address, or its network where one client has a whole /64.
    private static Optional<InetAddress> counted(SocketAddress peer) throws UnknownHostException {
        if (!(peer instanceof InetSocketAddress inet) || inet.getAddress().isLoopbackAddress()) {
            return Optional.empty();
        }
        if (!(inet.getAddress() instanceof Inet6Address six)) {
            return Optional.of(inet.getAddress());
        }
        byte[] network = six.getAddress();
        Arrays.fill(network, 8, 16, (byte) 0);
        return Optional.of(InetAddress.getByAddress(network));
    }

    private void refuse(SocketChannel accepted, ConnectionHandler.Refusal why) throws IOException {
        events.warn("listener-full", "refused: as many connections as the listener may have");
        if (!refusals.take()) {
            accepted.close();
            return;
        }
        Optional<SocketConnection> made = connection(accepted);
        if (made.isEmpty()) {
            refusals.giveBack();
            return;
        }
        SocketConnection connection = made.get();
        network.add(connection);
        Thread.ofVirtual().name("refuse-" + connection.id()).start(() -> {
            try (connection) {
                sayRefusal(connection, why);
            } catch (ClientGone gone) {
                events.debug("client-gone", String.valueOf(gone.getMessage()), "session", connection.id());
            } finally {
                network.remove(connection);
                refusals.giveBack();
            }
        });
    }

    /// A handshake is what we can't afford just now: under implicit TLS the client sees the connection close.
    private void sayRefusal(SocketConnection connection, ConnectionHandler.Refusal why) {
        if (settings.implicitTls()) {
            return;
        }
        connection.readDeadline(REFUSAL_LIMIT);
        connection.writeDeadline(REFUSAL_LIMIT);
        handler.refuse(connection, why);
    }

    /// Stops accepting; live connections stay. When it returns the address is free: a thread inside the system's
    /// accept keeps the socket listening, closed or not, until it has come out.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        network.removed(this);
        try {
            channel.close();
            if (settings.endpoint() instanceof Endpoint.Unix unix) {
                UnixSockets.remove(unix);
            }
        } catch (IOException e) {
            events.warn("close-failed", "closing the listener failed: " + e.getMessage());
        }
        LockSupport.unpark(thread);
        try {
            if (Thread.currentThread() != thread && !thread.join(CLOSE_LIMIT)) {
                events.warn("close-failed", "the thread that accepts did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
