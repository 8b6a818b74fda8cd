package palomar.server.rehearsal;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// The client's side of TLS, for a server that talks to itself and need not prove who it is. One for all sessions,
/// so that some are resumed. Safe for many threads.
public final class TrustingClient {
    private final SSLSocketFactory sockets;

    public TrustingClient() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        this.sockets = context.getSocketFactory();
    }

    /// TLS over a connected socket, which it closes with itself.
    public Partner partner(Socket connected) throws IOException {
        Socket secured = sockets.createSocket(connected, "localhost", 0, true);
        return new Partner(secured.getInputStream(), secured.getOutputStream());
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
