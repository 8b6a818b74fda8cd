package palomar.net;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes a certificate for a server that has none yet: EC P-256, ten years, signed by itself.
public final class SelfSigned {
    private static final Duration AGE = Duration.ofDays(3650);
    private static final Duration SKEW = Duration.ofHours(1);

    private SelfSigned() {}

    /// Makes `cert.pem` and `key.pem` (mode 0600) in a directory that exists; what is there already is kept and
    /// used.
    ///
    /// @param names DNS names beside `localhost`, `127.0.0.1` and `::1`; the first is the subject
    public static TlsSettings create(Path directory, List<String> names, InstantSource clock)
            throws TlsSettingsException {
        Path chain = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        if (Files.exists(chain) && Files.exists(key)) {
            return TlsSettings.of(chain, key);
        }
        Set<String> all = new LinkedHashSet<>(names);
        all.addAll(List.of("localhost", "127.0.0.1", "::1"));
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            Certificate certificate = certificate(pair, List.copyOf(all), clock);
            write(key, "rw-------", pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            write(chain, "rw-r--r--", pem("CERTIFICATE", certificate.getEncoded()));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new TlsSettingsException("can't make a certificate in " + directory + ": " + e, e);
        }
        return TlsSettings.of(chain, key);
    }

    private static Certificate certificate(KeyPair pair, List<String> names, InstantSource clock)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        var subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, names.getFirst())
                .build();
        GeneralName[] alternatives = names.stream().map(SelfSigned::alternative).toArray(GeneralName[]::new);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        subject,
                        new BigInteger(127, new SecureRandom()).setBit(126),
                        Date.from(clock.instant().minus(SKEW)),
                        Date.from(clock.instant().plus(AGE)),
                        subject,
                        pair.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }

    private static GeneralName alternative(String name) {
        boolean address = name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static String pem(String label, byte[] der) {
        StringWriter text = new StringWriter();
        text.append("-----BEGIN ").append(label).append("-----\n");
        text.append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
        text.append("\n-----END ").append(label).append("-----\n");
        return text.toString();
    }

    private static void write(Path file, String mode, String text) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        Files.createFile(beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
        Files.writeString(beside, text, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
