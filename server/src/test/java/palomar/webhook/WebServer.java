package palomar.webhook;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import palomar.net.SelfSigned;
import palomar.net.TlsSettings;

/// A web server on this machine, called `localhost`, that answers with the status which a test wants.
public final class WebServer implements AutoCloseable {
    /// What came.
    public record Request(String method, String target, String type, String host, String body) {}

    private final HttpsServer server;
    private final Path chain;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Request> arrivals = new LinkedBlockingQueue<>();
    private volatile int status = 204;

    public WebServer(Path folder) throws Exception {
        TlsSettings.Certificate made = certificate(folder);
        chain = made.chain();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(made)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            arrived(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestHeaders().getFirst("Host"),
                    body));
            if (status >= 300 && status < 400) {
                exchange.getResponseHeaders().add("Location", "https://localhost:" + port() + "/elsewhere");
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    static TlsSettings.Certificate certificate(Path folder) throws Exception {
        Files.createDirectories(folder);
        return SelfSigned.create(folder, List.of("localhost"), InstantSource.system())
                .certificates()
                .getFirst();
    }

    static SSLContext context(TlsSettings.Certificate made) throws GeneralSecurityException, IOException {
        String pem = Files.readString(made.key());
        String key = pem.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
        PrivateKey privateKey = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(made.chain())) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            store.setKeyEntry("k", privateKey, new char[0], new Certificate[] {certificate});
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// Its certificate, which is its own authority.
    public Path authority() {
        return chain;
    }

    public void answer(int code) {
        status = code;
    }

    private void arrived(Request request) {
        requests.add(request);
        arrivals.add(request);
    }

    /// The next that comes, or that came and was not taken yet.
    public Request next() throws InterruptedException {
        Request request = arrivals.poll(60, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("nothing came");
        }
        return request;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
