package palomar.net;

import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The two curves of almost every handshake, computed by Bouncy Castle's arithmetic: X25519 key agreement in a
/// third of the JDK's time and P-256 signatures in half (docs/decisions/0021-fast-curves.md has the figures).
///
/// It stands before the JDK's own provider and refuses what it does not do (other curves, verifying), whereupon
/// JCA goes on to the next: everything still works without it. Where the operator has put another provider than
/// the JDK's first, the list is left as it is.
final class FastCurves extends Provider {
    private static final long serialVersionUID = 1;
    private static final String NAME = "PalomarCurves";

    private FastCurves() {
        super(NAME, "1", "X25519 agreement and P-256 signatures on Bouncy Castle's arithmetic");
        String agreement = X25519Agreement.class.getName();
        String pairs = X25519KeyPairs.class.getName();
        for (String algorithm : List.of("XDH", "X25519")) {
            Map<String, String> keys = Map.of("SupportedKeyClasses", "java.security.interfaces.XECPrivateKey");
            putService(new Own(this, "KeyAgreement", algorithm, agreement, keys));
            putService(new Own(this, "KeyPairGenerator", algorithm, pairs, Map.of()));
        }
        Map<String, String> keys = Map.of("SupportedKeyClasses", "java.security.interfaces.ECPrivateKey");
        putService(new Own(this, "Signature", "SHA256withECDSA", P256Signature.class.getName(), keys));
    }

    /// For the whole process, once; cheap when it was done before.
    static synchronized void install() {
        if (!Security.getProviders()[0].getName().equals("SUN")) {
            return;
        }
        Security.insertProviderAt(new FastCurves(), 1);
        // A handshake asks some fifty times for a cipher, an HMAC or a key derivation, and each time the list is
        // walked from the front. Nothing in this one is also in those that it overtakes.
        Provider ciphers = Security.getProvider("SunJCE");
        if (ciphers != null) {
            Security.removeProvider(ciphers.getName());
            Security.insertProviderAt(ciphers, 2);
        }
    }

    /// A quick no for what we never have.
    @Override
    public @Nullable Service getService(String type, String algorithm) {
        return switch (type) {
            case "KeyAgreement", "KeyPairGenerator", "Signature" -> super.getService(type, algorithm);
            default -> null;
        };
    }

    /// Makes our package-private classes without reflection.
    private static final class Own extends Service {
        Own(Provider provider, String type, String algorithm, String className, Map<String, String> attributes) {
            super(provider, type, algorithm, className, List.of(), attributes);
        }

        @Override
        public Object newInstance(Object parameter) {
            return switch (getType()) {
                case "KeyAgreement" -> new X25519Agreement();
                case "KeyPairGenerator" -> new X25519KeyPairs();
                default -> new P256Signature();
            };
        }
    }
}
