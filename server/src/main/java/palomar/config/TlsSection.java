package palomar.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `[tls]`
public record TlsSection(
        @Setting(
                doc =
                        "Certificates, one [[tls.certificate]] each; a client gets the one whose names fit what it asks for (SNI),"
                                + " else the first. Without any, Palomar makes a self-signed one in the data directory.")
        List<Certificate> certificate,

        @Setting(doc = "The oldest TLS version that is spoken.", value = "1.2")
        String minVersion,

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
        if (clientCertificate != ClientCertificate.NONE && clientCa.isEmpty()) {
            problems.wrong("client_certificate", "\"client_certificate\" needs \"client_ca\"");
        }
        if (clientCertificate == ClientCertificate.NONE && clientCa.isPresent()) {
            problems.wrong("client_ca", "\"client_ca\" has no effect while \"client_certificate\" is \"none\"");
        }
    }
}
