package palomar.smtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whom we trust, ready for handshakes. Immutable and safe for many threads. RFC 3207 4.1, RFC 7817 3
public final class ClientTls {
    private final SSLContext context;
    private final RelaySettings.Verify verify;

    private ClientTls(SSLContext context, RelaySettings.Verify verify) {
        this.context = context;
        this.verify = verify;
    }

    /// @param complaint hears what is wrong with a certificate that is accepted all the same
    /// @throws IOException the file of authorities can't be read or holds none; the text is for the operator
    public static ClientTls load(RelaySettings.Verify verify, Optional<Path> authorities, Consumer<String> complaint)
            throws IOException {
        try {
            X509ExtendedTrustManager strict = strict(authorities);
            TrustManager trust = switch (verify) {
                case FULL -> strict;
                case OPPORTUNISTIC -> new Lenient(strict, complaint);
                case NONE -> new Lenient(null, complaint);
            };
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return new ClientTls(context, verify);
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS to the relay can't be set up: " + e.getMessage(), e);
        }
    }

    /// True when a connection with it is known to be with the relay itself.
    boolean verifies() {
        return verify == RelaySettings.Verify.FULL;
    }

    /// Becomes the client's side of TLS on a connected socket and finishes the handshake.
    public SSLSocket handshake(Socket plain, String host, int port) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // names as RFC 6125 compares them
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static X509ExtendedTrustManager strict(Optional<Path> file) throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(file.isPresent() ? authorities(file.get()) : null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager strict) {
                return strict;
            }
        }
        throw new GeneralSecurityException("this Java checks no certificates");
    }

    private static KeyStore authorities(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + number++, authority);
            }
        } catch (CertificateException damaged) {
            throw new IOException(file + " is no file of certificates in PEM: " + damaged.getMessage(), damaged);
        }
        if (number == 0) {
            throw new IOException(file + " holds no certificate in PEM");
        }
        return store;
    }

    /// Accepts what a strict one would refuse, and says why that would.
    private static final class Lenient extends X509ExtendedTrustManager {
        private final @Nullable X509ExtendedTrustManager strict;
        private final Consumer<String> complaint;

        Lenient(@Nullable X509ExtendedTrustManager strict, Consumer<String> complaint) {
            this.strict = strict;
            this.complaint = complaint;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            if (strict == null) {
                return;
            }
            try {
                strict.checkServerTrusted(chain, type, socket);
            } catch (CertificateException refused) {
                complaint.accept(String.valueOf(refused.getMessage()));
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("only sockets are used");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("only sockets are used");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
