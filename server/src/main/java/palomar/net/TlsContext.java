package palomar.net;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Loaded certificates and keys, ready for handshakes. Immutable and safe for many threads; a reload makes a new
/// one, sessions keep theirs. Sessions are resumed by stateless tickets, so an old context's tickets end with it.
public final class TlsContext {
    private static final int SAN_DNS = 2;
    private static final int SAN_ADDRESS = 7;

    /// No finite fields, no SHA-1: docs/decisions/0046-tls-suites.md. A short list also makes a cheaper handshake:
    /// the JDK weighs each entry against its constraints every time.
    private static final String[] GROUPS = {"x25519", "secp256r1", "secp384r1", "secp521r1", "x448"};

    private static final String[] SIGNATURES = {
        "ecdsa_secp256r1_sha256",
        "rsa_pss_rsae_sha256",
        "ed25519",
        "ecdsa_secp384r1_sha384",
        "ecdsa_secp521r1_sha512",
        "rsa_pss_rsae_sha384",
        "rsa_pss_rsae_sha512",
        "rsa_pss_pss_sha256",
        "rsa_pkcs1_sha256",
        "rsa_pkcs1_sha384",
        "rsa_pkcs1_sha512",
        "ed448"
    };

    private final SSLContext context;
    private final SSLParameters parameters;
    private final List<Certificate> certificates;

    /// A certificate in use, for `doctor` and for warnings before it ends.
    ///
    /// @param names DNS names and addresses in it
    public record Certificate(Path file, List<String> names, String keyAlgorithm, Instant from, Instant until) {}

    private TlsContext(SSLContext context, SSLParameters parameters, List<Certificate> certificates) {
        this.context = context;
        this.parameters = parameters;
        this.certificates = certificates;
    }

    public static TlsContext load(TlsSettings settings) throws TlsSettingsException {
        List<SniKeys.Entry> entries = new ArrayList<>();
        List<Certificate> facts = new ArrayList<>();
        for (TlsSettings.Certificate pair : settings.certificates()) {
            SniKeys.Entry entry = entry(pair);
            entries.add(entry);
            X509Certificate own = entry.chain().getFirst();
            facts.add(new Certificate(
                    pair.chain(),
                    entry.names(),
                    entry.key().getAlgorithm(),
                    own.getNotBefore().toInstant(),
                    own.getNotAfter().toInstant()));
        }
        try {
            FastCurves.install();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new SniKeys(entries)}, trust(settings), null);
            return new TlsContext(context, parameters(context, settings), List.copyOf(facts));
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsSettingsException("TLS can't be set up: " + e.getMessage(), e);
        }
    }

    private static SniKeys.Entry entry(TlsSettings.Certificate pair) throws TlsSettingsException {
        List<X509Certificate> chain = PemFiles.certificates(pair.chain());
        PrivateKey key = PemFiles.key(pair.key());
        X509Certificate own = chain.getFirst();
        if (!KeyMatch.belongTogether(own.getPublicKey(), key)) {
            throw new TlsSettingsException(
                    "key file " + pair.key() + " does not belong to the first certificate of " + pair.chain());
        }
        return new SniKeys.Entry(chain, key, names(own));
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    int kind = (Integer) alternative.get(0);
                    if (kind == SAN_DNS || kind == SAN_ADDRESS) {
                        names.add(String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            // Then no server name chooses it; as the first certificate it still serves.
            return List.of();
        }
        return List.copyOf(names);
    }

    /// Nobody is trusted unless client certificates are asked for.
    private static TrustManager @Nullable [] trust(TlsSettings settings)
            throws GeneralSecurityException, IOException, TlsSettingsException {
        KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        if (settings.clientAuthorities().isEmpty()) {
            return new TrustManager[0];
        }
        int number = 0;
        for (X509Certificate authority :
                PemFiles.certificates(settings.clientAuthorities().get())) {
            authorities.setCertificateEntry("ca" + number++, authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(authorities);
        return factory.getTrustManagers();
    }

    private static SSLParameters parameters(SSLContext context, TlsSettings settings) throws TlsSettingsException {
        List<String> known = List.of(context.getSupportedSSLParameters().getCipherSuites());
        for (String suite : settings.suites()) {
            if (!known.contains(suite)) {
                throw new TlsSettingsException("this Java has no cipher suite " + suite);
            }
        }
        SSLParameters parameters = context.getDefaultSSLParameters();
        switch (settings.minimum()) {
            case TLS_1_2 -> parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            case TLS_1_3 -> parameters.setProtocols(new String[] {"TLSv1.3"});
        }
        parameters.setUseCipherSuitesOrder(true);
        parameters.setCipherSuites(
                settings.suites().isEmpty()
                        ? suites(parameters.getCipherSuites())
                        : settings.suites().toArray(String[]::new));
        parameters.setNamedGroups(GROUPS);
        parameters.setSignatureSchemes(SIGNATURES);
        switch (settings.clientCertificates()) {
            case NONE -> parameters.setWantClientAuth(false);
            case REQUEST -> parameters.setWantClientAuth(true);
            case REQUIRE -> parameters.setNeedClientAuth(true);
        }
        return parameters;
    }

    /// Of those that the JDK offers, the ones of TLS 1.3 and those with an ephemeral key on a curve: all have
    /// forward secrecy, and no client can make us compute finite-field Diffie-Hellman.
    private static String[] suites(String[] offered) {
        return Arrays.stream(offered)
                .filter(suite -> suite.startsWith("TLS_ECDHE_") || !suite.contains("_WITH_"))
                // AES-128 first: mail is not worth the fourteen rounds, and SHA-256 makes the cheaper handshake.
                .sorted(Comparator.comparing(suite -> !suite.contains("AES_128_GCM")))
                .toArray(String[]::new);
    }

    /// The certificates, in the order of the settings.
    public List<Certificate> certificates() {
        return certificates;
    }

    SSLEngine newEngine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(parameters);
        return engine;
    }
}
