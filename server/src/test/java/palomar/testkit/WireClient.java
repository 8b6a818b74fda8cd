package palomar.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// A blocking client for tests: raw bytes and lines, plain or TLS, trusting any certificate. Reads give up after
/// thirty seconds, which only a broken test reaches. One thread; another may [#close()].
public final class WireClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final AutoCloseable socket;
    private InputStream in;
    private OutputStream out;
    private @Nullable SSLSocket tls;
    private @Nullable Compression compression;

    private WireClient(AutoCloseable socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.in = new BufferedInputStream(in);
        this.out = out;
    }

    public static WireClient connect(SocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(address, PATIENCE_MILLIS);
        return new WireClient(socket, socket.getInputStream(), socket.getOutputStream());
    }

    /// Connects with a receive buffer as small as the system allows, for tests of a peer that does not read.
    public static WireClient connectNarrow(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1024);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(address, PATIENCE_MILLIS);
        return new WireClient(socket, socket.getInputStream(), socket.getOutputStream());
    }

    public static WireClient connectUnix(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(java.net.UnixDomainSocketAddress.of(path));
        return new WireClient(channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
    }

    /// Connects and makes the TLS handshake at once.
    public static WireClient connectTls(SocketAddress address) throws IOException {
        return connect(address).startTls();
    }

    public WireClient startTls() throws IOException {
        return startTls("localhost", "TLSv1.3", new KeyManager[0]);
    }

    /// @param serverName sent as SNI
    /// @param protocol the only one that is offered
    public WireClient startTls(String serverName, String protocol, KeyManager[] keys) throws IOException {
        SSLParameters parameters = new SSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        parameters.setProtocols(new String[] {protocol});
        return startTls(context(keys), parameters);
    }

    public WireClient startTls(SSLContext context, SSLParameters parameters) throws IOException {
        if (!(socket instanceof Socket plain)) {
            throw new IOException("no TLS over this socket");
        }
        SSLSocket wrapped =
                (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        wrapped.setSSLParameters(parameters);
        wrapped.startHandshake();
        in = new BufferedInputStream(wrapped.getInputStream());
        out = wrapped.getOutputStream();
        tls = wrapped;
        return this;
    }

    /// A client context that trusts anyone.
    public static SSLContext context(KeyManager[] keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {new TrustsAnyone()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS in this JDK", e);
        }
    }

    /// Compresses both directions from here on.
    public WireClient compress() {
        Compression begun = new Compression(in, out);
        in = begun.in();
        out = begun.out();
        compression = begun;
        return this;
    }

    /// Neither direction is compressed any more, where both sides know it.
    public WireClient endCompression() throws IOException {
        Compression ending = compression;
        if (ending == null) {
            throw new IllegalStateException("not compressed");
        }
        in = ending.end();
        out = ending.plainOut();
        return this;
    }

    /// The TLS session; only after the handshake.
    public SSLSession session() {
        SSLSocket wrapped = tls;
        if (wrapped == null) {
            throw new IllegalStateException("not under TLS");
        }
        return wrapped.getSession();
    }

    /// Under TLS 1.3: new keys for our direction, and a request for new ones of the server's. RFC 8446 4.6.3
    public void renewKeys() throws IOException {
        SSLSocket wrapped = tls;
        if (wrapped == null) {
            throw new IllegalStateException("not under TLS");
        }
        wrapped.startHandshake();
    }

    public WireClient send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /// Sends text as it stands (one byte a character up to 255).
    public WireClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public WireClient line(String text) throws IOException {
        return send(text + "\r\n");
    }

    /// One line without its line end; throws when the server closes before one is whole.
    public String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed after '" + line.toString(StandardCharsets.ISO_8859_1) + "'");
            }
            if (b == '\n') {
                return line.toString(StandardCharsets.UTF_8).replaceAll("\r$", "");
            }
            line.write(b);
        }
    }

    /// Reads a line that must begin so.
    public String expect(String prefix) throws IOException {
        String line = readLine();
        if (!line.startsWith(prefix)) {
            throw new AssertionError("expected '" + prefix + "...', got '" + line + "'");
        }
        return line;
    }

    public byte[] readBytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new IOException("closed after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }

    /// Everything until the server closes.
    public byte[] readAll() throws IOException {
        return in.readAllBytes();
    }

    /// True when the server has closed and nothing is left to read; a reset counts too.
    public boolean atEnd() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            socket.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static final class TrustsAnyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
