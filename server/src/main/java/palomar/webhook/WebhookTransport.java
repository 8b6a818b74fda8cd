package palomar.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import palomar.smtp.client.ClientTls;
import palomar.smtp.client.Delivery;
import palomar.smtp.client.Envelope;
import palomar.smtp.client.Fate;
import palomar.smtp.client.OutgoingContent;
import palomar.smtp.client.Transport;
import palomar.smtp.client.Watchdog;
import palomar.smtp.client.Webhook;
import palomar.smtp.proto.SmtpReply;

/// Posts what goes to the web: one request on one connection, over TLS that names the host. RFC 9110 9.3.3
///
/// A name is resolved here and the connection goes to the address that was looked at, so that a name which changes
/// its mind leads nowhere else. Addresses of private networks are refused unless the operator named the host.
/// Redirects are not followed, proxies are not used, nothing of the answer but its status is read. 2xx is
/// accepted, 408, 429 and 5xx are for now, the rest is for good. Safe for many threads.
public final class WebhookTransport implements Transport {
    private static final int MOST_ADDRESSES = 3;
    private static final int MOST_CONTENT = 1 << 20;

    private final ClientTls tls;
    private final Duration patience;
    private final int width;
    private final Resolver resolver;
    private final Watchdog watchdog = new Watchdog();

    /// Finds the addresses of a host.
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /// @param patience for each of a host's addresses, from the first packet to the status
    /// @param width requests at once
    public WebhookTransport(ClientTls tls, Duration patience, int width, Resolver resolver) {
        this.tls = tls;
        this.patience = patience;
        this.width = width;
        this.resolver = resolver;
    }

    @Override
    public Delivery deliver(Envelope envelope, OutgoingContent content) throws IOException {
        Fate fate = envelope.options().webhook().isPresent()
                ? post(envelope.options().webhook().get(), content)
                : permanent("it is mail, which does not go to the web");
        return new Delivery(envelope.recipients().stream().map(_ -> fate).toList(), Optional.empty());
    }

    private Fate post(Webhook webhook, OutgoingContent content) throws IOException {
        if (content.source().size() > MOST_CONTENT) {
            return permanent("it is too big");
        }
        byte[] body = content.source().bytes();
        InetAddress[] all;
        try {
            all = resolver.resolve(webhook.host());
        } catch (UnknownHostException unknown) {
            return temporary("4.4.3", "the host " + webhook.host() + " has no address (DNS)");
        }
        List<InetAddress> fit = new ArrayList<>(Arrays.asList(all));
        fit.removeIf(address -> !webhook.named() && !PublicAddress.is(address));
        if (fit.isEmpty()) {
            return permanent("the host " + webhook.host() + " is in a private network, and the server's operator has"
                    + " not allowed it by name");
        }
        Fate last = temporary("4.4.1", "the host " + webhook.host() + " has no address");
        for (InetAddress address : fit.subList(0, Math.min(fit.size(), MOST_ADDRESSES))) {
            Socket socket = new Socket();
            Watchdog.Leash leash = watchdog.watch(socket);
            leash.set(patience);
            try {
                socket.connect(new InetSocketAddress(address, webhook.port()), clip(patience));
            } catch (IOException unreached) {
                close(socket, leash);
                last = temporary("4.4.1", "can't connect to " + webhook.host() + ": " + unreached.getMessage());
                continue;
            }
            // From here on it may have been taken: another address would get it twice.
            return exchange(webhook, body, socket, leash);
        }
        return last;
    }

    private Fate exchange(Webhook webhook, byte[] body, Socket plain, Watchdog.Leash leash) {
        try {
            SSLSocket socket = tls.handshake(plain, withoutBrackets(webhook.host()), webhook.port());
            WebRequest.write(socket.getOutputStream(), webhook, body);
            return fate(webhook, WebRequest.status(socket.getInputStream()));
        } catch (IOException broken) {
            String why = leash.expired() ? "it took too long" : String.valueOf(broken.getMessage());
            return temporary("4.4.2", "the request to " + webhook.host() + " failed: " + why);
        } finally {
            close(plain, leash);
        }
    }

    private static Fate fate(Webhook webhook, int status) {
        String said = webhook.host() + " answered with HTTP status " + status;
        if (status >= 200 && status < 300) {
            return new Fate.Accepted(SmtpReply.of(250, "2.0.0", said), true);
        }
        if (status >= 300 && status < 400) {
            return permanent(said + ": redirects are not followed");
        }
        boolean forGood = status < 500 && status != 408 && status != 429;
        return forGood ? permanent(said) : temporary("4.3.0", said);
    }

    private static Fate permanent(String text) {
        return new Fate.Permanent(SmtpReply.of(550, "5.7.1", printable(text)), false);
    }

    private static Fate temporary(String enhanced, String text) {
        return new Fate.Temporary(SmtpReply.of(451, enhanced, printable(text)), false);
    }

    /// What a certificate says may stand in the text of a failure.
    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.chars().limit(300).forEach(c -> clean.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        return clean.toString();
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int clip(Duration time) {
        return Math.clamp(time.toMillis(), 1, Integer.MAX_VALUE);
    }

    private static void close(Socket socket, Watchdog.Leash leash) {
        leash.end();
        try {
            socket.close();
        } catch (IOException gone) {
            // Thrown away: the descriptor is gone either way.
            return;
        }
    }

    @Override
    public String probe() {
        return "notifications go to the web";
    }

    @Override
    public String where() {
        return "the web";
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void tidy() {
        // No connection outlives its request.
    }

    @Override
    public void close() {
        watchdog.close();
    }
}
