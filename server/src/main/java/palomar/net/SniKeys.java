package palomar.net;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Chooses the server's certificate by the name that the client asks for; aliases are indexes into the list. A
/// name that no certificate has gets the first one of the wanted kind. Immutable.
final class SniKeys extends X509ExtendedKeyManager {
    /// One certificate with its key, as loaded.
    ///
    /// @param names its DNS names, lower case, perhaps `*.example.org`
    record Entry(List<X509Certificate> chain, PrivateKey key, List<String> names) {
        boolean covers(String host) {
            for (String name : names) {
                if (name.equals(host)) {
                    return true;
                }
                int dot = host.indexOf('.');
                if (name.startsWith("*.") && dot > 0 && host.substring(dot).equals(name.substring(1))) {
                    return true;
                }
            }
            return false;
        }
    }

    private final List<Entry> entries;

    SniKeys(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        String host = engine == null ? "" : askedFor(engine);
        boolean known = entries.stream().anyMatch(entry -> entry.covers(host));
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.key().getAlgorithm().equals(keyType) && (!known || entry.covers(host))) {
                return Integer.toString(i);
            }
        }
        return null;
    }

    private static String askedFor(SSLEngine engine) {
        if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName().toLowerCase(Locale.ROOT);
                }
            }
        }
        return "";
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return entries.get(Integer.parseInt(alias)).chain().toArray(new X509Certificate[0]);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return entries.get(Integer.parseInt(alias)).key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
