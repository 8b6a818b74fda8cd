package palomar.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/// Reads certificates and keys from PEM files (RFC 7468). PKCS#8 goes the JDK's way; Bouncy Castle, which takes a
/// while to load, is asked only for what the JDK can't read.
final class PemFiles {
    private static final long MOST_BYTES = 1 << 20;
    private static final String PKCS8_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String PKCS8_END = "-----END PRIVATE KEY-----";

    private PemFiles() {}

    /// All certificates of a file, in order; at least one.
    static List<X509Certificate> certificates(Path file) throws TlsSettingsException {
        String text = read(file, "certificate");
        List<X509Certificate> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (String block : blocks(text, "CERTIFICATE")) {
                byte[] pem = block.getBytes(StandardCharsets.US_ASCII);
                found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(pem)));
            }
        } catch (GeneralSecurityException e) {
            throw new TlsSettingsException("certificate file " + file + " is damaged: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new TlsSettingsException("certificate file " + file + " holds no certificate in PEM");
        }
        return found;
    }

    static PrivateKey key(Path file) throws TlsSettingsException {
        String text = read(file, "key");
        int begin = text.indexOf(PKCS8_BEGIN);
        int end = text.indexOf(PKCS8_END);
        if (begin >= 0 && end > begin) {
            return pkcs8(file, text.substring(begin + PKCS8_BEGIN.length(), end));
        }
        if (text.contains("ENCRYPTED")) {
            throw new TlsSettingsException("key file " + file + " is encrypted; store the key without a passphrase");
        }
        return byBouncyCastle(file, text);
    }

    private static PrivateKey pkcs8(Path file, String base64) throws TlsSettingsException {
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new TlsSettingsException("key file " + file + " is damaged: " + e.getMessage(), e);
        }
        GeneralSecurityException last = new GeneralSecurityException("no algorithm fits");
        for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw new TlsSettingsException("key file " + file + " holds no EC, RSA or EdDSA key", last);
    }

    /// PKCS#1 (`RSA PRIVATE KEY`) and SEC1 (`EC PRIVATE KEY`), the latter perhaps after its parameters.
    private static PrivateKey byBouncyCastle(Path file, String text) throws TlsSettingsException {
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (part instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
            }
        } catch (IOException e) {
            throw new TlsSettingsException("key file " + file + " is damaged: " + e.getMessage(), e);
        }
        throw new TlsSettingsException("key file " + file + " holds no private key in PEM");
    }

    private static List<String> blocks(String text, String label) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        List<String> found = new ArrayList<>();
        int from = text.indexOf(begin);
        while (from >= 0) {
            int to = text.indexOf(end, from);
            if (to < 0) {
                break;
            }
            found.add(text.substring(from, to + end.length()));
            from = text.indexOf(begin, to);
        }
        return found;
    }

    private static String read(Path file, String what) throws TlsSettingsException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new TlsSettingsException(what + " file " + file + " is larger than a MiB: not a PEM file");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new TlsSettingsException("can't read " + what + " file " + file + ": " + e, e);
        }
    }
}
