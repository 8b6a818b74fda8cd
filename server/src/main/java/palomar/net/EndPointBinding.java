package palomar.net;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;

/// The channel binding `tls-server-end-point`: the server's certificate under the hash function of its signature,
/// or under SHA-256 where that is MD5 or SHA-1. RFC 5929 4.1
final class EndPointBinding {
    private EndPointBinding() {}

    static Optional<byte[]> of(Certificate certificate) {
        if (!(certificate instanceof X509Certificate x509)) {
            return Optional.empty();
        }
        Optional<String> hash = hash(x509.getSigAlgName().toUpperCase(Locale.ROOT));
        try {
            return hash.isPresent()
                    ? Optional.of(MessageDigest.getInstance(hash.get()).digest(x509.getEncoded()))
                    : Optional.empty();
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate in use can't be hashed", e);
        }
    }

    /// Empty: undefined, as for Ed25519 and for RSASSA-PSS, whose parameters say it elsewhere.
    private static Optional<String> hash(String signature) {
        int with = signature.indexOf("WITH");
        return switch (with < 0 ? "" : signature.substring(0, with)) {
            case "MD5", "SHA1", "SHA256" -> Optional.of("SHA-256");
            case "SHA224" -> Optional.of("SHA-224");
            case "SHA384" -> Optional.of("SHA-384");
            case "SHA512" -> Optional.of("SHA-512");
            default -> Optional.empty();
        };
    }
}
