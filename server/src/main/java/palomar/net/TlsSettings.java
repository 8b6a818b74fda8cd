package palomar.net;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// TLS as the configuration says it; [TlsContext] is what is made of it.
///
/// @param certificates at least one; the client's server name (SNI) chooses, the first is for all others
/// @param minimum the oldest protocol that is spoken
/// @param suites the cipher suites by name, those we like best first; none: the usual ones
/// @param clientCertificates whether clients are asked for a certificate
/// @param clientAuthorities PEM file with the authorities that may sign client certificates
public record TlsSettings(
        List<Certificate> certificates,
        Version minimum,
        List<String> suites,
        ClientCertificates clientCertificates,
        Optional<Path> clientAuthorities) {
    /// One certificate with its key.
    ///
    /// @param chain PEM file, the server's certificate first
    /// @param key PEM file with the unencrypted private key: PKCS#8, PKCS#1 or SEC1
    public record Certificate(Path chain, Path key) {}

    /// A protocol version; older ones are not spoken.
    public enum Version {
        TLS_1_2,
        TLS_1_3
    }

    /// What is asked of clients.
    public enum ClientCertificates {
        NONE,
        REQUEST,
        REQUIRE
    }

    public TlsSettings {
        certificates = List.copyOf(certificates);
        suites = List.copyOf(suites);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("no certificate");
        }
        if (clientCertificates != ClientCertificates.NONE && clientAuthorities.isEmpty()) {
            throw new IllegalArgumentException("client certificates need a file of authorities");
        }
    }

    /// One certificate, TLS 1.2 and up, no client certificates.
    public static TlsSettings of(Path chain, Path key) {
        return new TlsSettings(
                List.of(new Certificate(chain, key)),
                Version.TLS_1_2,
                List.of(),
                ClientCertificates.NONE,
                Optional.empty());
    }
}
