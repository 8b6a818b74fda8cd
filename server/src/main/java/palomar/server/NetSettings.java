package palomar.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import palomar.config.LimitSettings;
import palomar.config.PalomarSettings;
import palomar.config.Subnet;
import palomar.config.TlsSection;
import palomar.net.Cidr;
import palomar.net.Endpoint;
import palomar.net.ListenerSettings;
import palomar.net.NetworkLimits;
import palomar.net.TlsSettings;

/// What the configuration says, in the words of `palomar.net`.
final class NetSettings {
    private NetSettings() {}

    static ListenerSettings listener(palomar.config.ListenerSettings listener, PalomarSettings settings) {
        return new ListenerSettings(
                switch (listener.protocol()) {
                    case IMAP, IMAPS -> "imap";
                    case LMTP -> "lmtp";
                    case MANAGESIEVE -> "managesieve";
                    case POP3, POP3S -> "pop3";
                    case SUBMISSION, SUBMISSIONS -> "submission";
                },
                endpoint(listener),
                switch (listener.protocol()) {
                    case IMAPS, POP3S, SUBMISSIONS -> true;
                    case IMAP, LMTP, MANAGESIEVE, POP3, SUBMISSION -> false;
                },
                listener.connections(),
                settings.limits().connectionsPerAddress(),
                networks(listener.proxyProtocol()));
    }

    static NetworkLimits limits(LimitSettings limits) {
        return new NetworkLimits(
                limits.connections(), limits.handshakes(), limits.handshakeTimeout(), limits.writeTimeout());
    }

    static Endpoint endpoint(palomar.config.ListenerSettings listener) {
        if (listener.path().isPresent()) {
            return new Endpoint.Unix(listener.path().get(), listener.mode().bits());
        }
        int port = listener.effectivePort();
        InetSocketAddress address = listener.address().equals("*")
                ? new InetSocketAddress(port)
                : new InetSocketAddress(InetAddress.ofLiteral(listener.address()), port);
        return new Endpoint.Tcp(address);
    }

    static List<Cidr> networks(List<Subnet> subnets) {
        return subnets.stream().map(s -> new Cidr(s.address(), s.prefix())).toList();
    }

    /// TLS as configured; the configuration has at least one certificate.
    static TlsSettings tls(TlsSection tls) {
        return tls(
                tls,
                tls.certificate().stream()
                        .map(c -> new TlsSettings.Certificate(c.chain(), c.key()))
                        .toList());
    }

    /// TLS as configured, with these certificates.
    static TlsSettings tls(TlsSection tls, List<TlsSettings.Certificate> certificates) {
        return new TlsSettings(
                certificates,
                tls.minVersion().equals("1.3") ? TlsSettings.Version.TLS_1_3 : TlsSettings.Version.TLS_1_2,
                tls.cipherSuites(),
                switch (tls.clientCertificate()) {
                    case NONE -> TlsSettings.ClientCertificates.NONE;
                    case OFFERED -> TlsSettings.ClientCertificates.REQUEST;
                    case REQUIRED -> TlsSettings.ClientCertificates.REQUIRE;
                },
                tls.clientCa());
    }
}
