package palomar.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsSuitesTest {
    @TempDir
    private Path folder;

    private TlsSettings only(String... suites) throws Exception {
        TlsSettings own = SelfSigned.create(folder, List.of("localhost"), InstantSource.system());
        return new TlsSettings(
                own.certificates(), own.minimum(), List.of(suites), own.clientCertificates(), Optional.empty());
    }

    private static SSLEngineResult.HandshakeStatus greeted(TlsContext server, String protocol, String suite)
            throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLEngine client = context.createSSLEngine("localhost", 993);
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {protocol});
        client.setEnabledCipherSuites(new String[] {suite});
        ByteBuffer hello = ByteBuffer.allocate(40_000);
        client.wrap(ByteBuffer.allocate(0), hello);
        SSLEngine ours = server.newEngine();
        ours.unwrap(hello.flip(), ByteBuffer.allocate(40_000));
        ours.getDelegatedTask().run();
        ours.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(40_000));
        return ours.getHandshakeStatus();
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_128_GCM_SHA256",
        "TLSv1.3, TLS_CHACHA20_POLY1305_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"
    })
    void forwardSecrecyOnACurveIsSpoken(String protocol, String suite) throws Exception {
        assertThat(greeted(TlsContext.load(only()), protocol, suite))
                .isNotEqualTo(SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_DHE_DSS_WITH_AES_128_CBC_SHA"})
    void finiteFieldsAreNotSpoken(String suite) throws Exception {
        assertThatThrownBy(() -> greeted(TlsContext.load(only()), "TLSv1.2", suite))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("no cipher suites in common");
    }

    @Test
    void theOperatorMayNameTheSuites() throws Exception {
        TlsContext chosen = TlsContext.load(only("TLS_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"));
        assertThat(chosen.newEngine().getEnabledCipherSuites())
                .containsExactly("TLS_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        assertThatThrownBy(() -> greeted(chosen, "TLSv1.3", "TLS_AES_128_GCM_SHA256"))
                .isInstanceOf(SSLException.class);
        TlsSettings unknown = only("TLS_ROT13");
        assertThatThrownBy(() -> TlsContext.load(unknown))
                .isInstanceOf(TlsSettingsException.class)
                .hasMessageContaining("TLS_ROT13");
    }
}
