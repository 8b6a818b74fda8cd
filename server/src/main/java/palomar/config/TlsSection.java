package palomar.config;

import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// `[tls]`
public record TlsSection(
        @Setting(
                doc =
                        "Certificates, one [[tls.certificate]] each; a client gets the one whose names fit what it asks for (SNI),"
                                + " else the first. Without any, Palomar makes a self-signed one in the data directory.")
        List<Certificate> certificate,

        @Setting(doc = "The oldest TLS version that is spoken.", value = "1.2")
        String minVersion,

        @Setting(
                doc =
                        "The cipher suites that are spoken, those we like best first, by their IANA names: for TLS 1.3 like"
                                + " TLS_AES_128_GCM_SHA256, for TLS 1.2 like TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256. Empty: all"
                                + " that have forward secrecy on a curve, AES-128-GCM first.")
        List<String> cipherSuites,

        @Setting(doc = "A PEM file with the authorities that sign client certificates.")
        Optional<Path> clientCa,

        @Setting(
                doc = "Whether clients are asked for a certificate of client_ca: no, offered or required.",
                value = "none")
        ClientCertificate clientCertificate)
        implements Checked {

    /// Whether clients show a certificate.
    public enum ClientCertificate {
        NONE,
        OFFERED,
        REQUIRED
    }

    /// `[[tls.certificate]]`
    public record Certificate(
            @Setting(
                    doc = "The PEM file with the certificate and those above it, as ACME clients write it.",
                    required = true)
            Path chain,

            @Setting(
                    doc = "The PEM file with the private key (PKCS#8, PKCS#1 or SEC1, without a passphrase).",
                    required = true)
            Path key) {}

    @Override
    public void check(Checker problems) {
        if (!minVersion.equals("1.2") && !minVersion.equals("1.3")) {
            problems.wrong(
                    "min_version", "\"min_version\" must be \"1.2\" or \"1.3\", found " + Scalar.quote(minVersion));
        }
        if (!cipherSuites.isEmpty()) {
            checkSuites(problems);
        }
        if (clientCertificate != ClientCertificate.NONE && clientCa.isEmpty()) {
            problems.wrong("client_certificate", "\"client_certificate\" needs \"client_ca\"");
        }
        if (clientCertificate == ClientCertificate.NONE && clientCa.isPresent()) {
            problems.wrong("client_ca", "\"client_ca\" has no effect while \"client_certificate\" is \"none\"");
        }
    }

    private void checkSuites(Checker problems) {
        List<String> known = knownSuites();
        for (String suite : cipherSuites) {
            if (!known.contains(suite)) {
                String meant = Nearest.to(suite, known)
                        .map(near -> "; did you mean " + Scalar.quote(near) + "?")
                        .orElse("");
                problems.wrong("cipher_suites", "this Java has no cipher suite " + Scalar.quote(suite) + meant);
            }
        }
        if (minVersion.equals("1.3") && cipherSuites.stream().allMatch(suite -> suite.contains("_WITH_"))) {
            problems.wrong("cipher_suites", "\"cipher_suites\" has none for TLS 1.3");
        }
    }

    /// Also those that are off by default; what `jdk.tls.disabledAlgorithms` forbids is not among them.
    private static List<String> knownSuites() {
        try {
            return List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }
}
