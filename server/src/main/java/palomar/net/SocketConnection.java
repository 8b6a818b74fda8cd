package palomar.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteInput;
import palomar.bytes.ByteOutput;

/// A [Connection] over a socket.
final class SocketConnection implements Connection {
    private static final long GOODBYE_NANOS = Duration.ofSeconds(2).toNanos();

    private final String id;
    private final String protocol;
    private final Instant since;
    private final Wire wire;
    private final SocketInput input;
    private final SocketOutput output;
    private final Shared shared;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile SocketAddress peer;
    private volatile SocketAddress local;
    private volatile @Nullable TlsPipe pipe;
    private volatile @Nullable TlsFacts facts;
    private volatile String user = "";
    private volatile String state = "";
    private long readLimit = Duration.ofMinutes(1).toNanos();

    /// What connections of one network share.
    ///
    /// @param input buffers as large as a TLS record
    /// @param output buffers as large as a TLS record's content
    /// @param gate for the expensive part of handshakes
    /// @param waits how often a session began to wait for its client
    record Shared(
            BufferPool input,
            BufferPool output,
            DeflatePool deflate,
            HandshakeGate gate,
            LongAdder waits,
            LongSupplier nanos) {}

    SocketConnection(String id, String protocol, Instant since, SocketChannel channel, Shared shared)
            throws IOException {
        this.id = id;
        this.protocol = protocol;
        this.since = since;
        this.peer = channel.getRemoteAddress();
        this.local = channel.getLocalAddress();
        this.wire = new Wire(channel, local, shared.nanos());
        this.shared = shared;
        this.input = new SocketInput(wire, shared.input());
        this.output = new SocketOutput(wire, shared.output());
    }

    Wire wire() {
        return wire;
    }

    /// Takes over what a trusted proxy said.
    void proxied(ProxyHeader.Proxied header) {
        peer = header.client();
        local = header.server();
        facts = header.tls().orElse(null);
    }

    /// Hands bytes that were read behind the PROXY header to the TLS handshake that follows.
    void unreadBuffered() {
        wire.unread(input.takeBuffered());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public SocketAddress peer() {
        return peer;
    }

    @Override
    public SocketAddress local() {
        return local;
    }

    @Override
    public boolean secured() {
        return pipe != null || facts != null;
    }

    @Override
    public boolean isUnix() {
        return wire.unix();
    }

    @Override
    public boolean isLoopback() {
        return peer instanceof InetSocketAddress inet ? inet.getAddress().isLoopbackAddress() : wire.unix();
    }

    @Override
    public ByteInput in() {
        return input;
    }

    @Override
    public ByteOutput out() {
        return output;
    }

    @Override
    public void flushBeforeWaiting(boolean on) {
        input.flushBeforeWaiting(on ? output : null);
    }

    @Override
    public boolean awaitInput(Duration idle) {
        wire.idle(true);
        shared.waits().increment();
        try {
            wire.throwIfStopped();
            if (input.buffered() > 0) {
                return true;
            }
            wire.readLimit(idle.toNanos());
            // From here straight into the wire: each frame that waits costs an idle session a hundred bytes.
            byte[] waiting = input.waitingArray();
            return waiting == null ? input.peek() >= 0 : input.waited(wire.read(waiting, 0, waiting.length));
        } catch (IOException e) {
            throw new ClientGone(ClientGone.Reason.RESET, String.valueOf(e.getMessage()));
        } finally {
            wire.idle(false);
            wire.readLimit(readLimit);
        }
    }

    @Override
    public void readDeadline(Duration limit) {
        readLimit = limit.toNanos();
        wire.readLimit(readLimit);
    }

    @Override
    public void writeDeadline(Duration limit) {
        wire.writeLimit(limit.toNanos());
    }

    @Override
    public void startTls(TlsContext context) {
        if (pipe != null) {
            throw new IllegalStateException("TLS is active already");
        }
        if (input.compressed()) {
            throw new IllegalStateException("TLS does not begin above compression");
        }
        input.discardBuffered();
        TlsPipe tls = new TlsPipe(wire, context, shared.input(), shared.gate());
        output.startTls(tls);
        input.startTls(tls);
        pipe = tls;
        tls.handshake();
        wire.readLimit(readLimit);
    }

    @Override
    public boolean compressed() {
        return input.compressed();
    }

    @Override
    public void startCompression() {
        if (input.compressed()) {
            throw new IllegalStateException("compression is active already");
        }
        output.compress(new Deflation(shared.deflate(), shared.output()));
        input.inflate(shared.deflate());
    }

    @Override
    public void endCompression() throws IOException {
        output.compress(null);
        input.endInflate();
    }

    @Override
    public Optional<TlsFacts> tls() {
        TlsPipe tls = pipe;
        if (facts == null && tls != null) {
            facts = facts((ExtendedSSLSession) tls.engine().getSession());
        }
        return Optional.ofNullable(facts);
    }

    private static TlsFacts facts(ExtendedSSLSession session) {
        Optional<String> serverName = session.getRequestedServerNames().stream()
                .filter(SNIHostName.class::isInstance)
                .map(name -> ((SNIHostName) name).getAsciiName())
                .findFirst();
        return new TlsFacts(session.getProtocol(), session.getCipherSuite(), serverName, clientName(session), false);
    }

    private static Optional<String> clientName(ExtendedSSLSession session) {
        try {
            X509Certificate own = (X509Certificate) session.getPeerCertificates()[0];
            for (Rdn part : new LdapName(own.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return Optional.of(part.getValue().toString());
                }
            }
        } catch (SSLPeerUnverifiedException | InvalidNameException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> channelBinding() {
        TlsPipe tls = pipe;
        if (tls == null) {
            return Optional.empty();
        }
        try {
            ExtendedSSLSession session = (ExtendedSSLSession) tls.engine().getSession();
            return Optional.of(session.exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32));
        } catch (SSLException noExtendedMasterSecret) {
            return Optional.empty(); // TLS 1.2 of old clients, RFC 9266 4.2
        }
    }

    @Override
    public Optional<byte[]> endPointBinding() {
        TlsPipe tls = pipe;
        if (tls == null || tls.engine().getSession().getLocalCertificates() == null) {
            return Optional.empty();
        }
        return EndPointBinding.of(tls.engine().getSession().getLocalCertificates()[0]);
    }

    @Override
    public void wakeReader(ReadInterrupted.Why why) {
        wire.stop(why, true);
    }

    /// Wakes the session when it waits between commands, now or later.
    void stopPolitely(ReadInterrupted.Why why) {
        wire.stop(why, false);
    }

    @Override
    public void abort() {
        wire.abort();
    }

    @Override
    public void user(String name) {
        user = name;
    }

    @Override
    public void state(String word) {
        state = word;
    }

    String user() {
        return user;
    }

    @Override
    public ConnectionFacts facts() {
        return new ConnectionFacts(
                id, protocol, peer, user, state, since, secured(), wire.idle(), wire.bytesIn(), wire.bytesOut());
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        output.discard();
        input.close();
        TlsPipe tls = pipe;
        if (tls != null) {
            wire.writeLimit(GOODBYE_NANOS);
            tls.close();
        }
        if (!wire.outputBroken()) {
            wire.drainBriefly();
        }
        wire.abort();
    }
}
