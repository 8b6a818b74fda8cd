package palomar.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import palomar.sasl.Mechanisms;

class SaslLoginTest {
    private final List<AuthRequest> requests = new ArrayList<>();
    private final List<String> passwords = new ArrayList<>();

    @Test
    void plainWithInitialResponseIsOneTurn() {
        assertThat(login("PLAIN").start(ascii("AHRpbQB0YW5zdGFhZg=="))).isInstanceOf(SaslLogin.Finished.class);

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.service()).isEqualTo("imap");
            assertThat(request.authcid()).isEqualTo("tim");
            assertThat(request.sessionId()).isEqualTo("s1");
            assertThat(request.secured()).isTrue();
        });
        assertThat(passwords).containsExactly("tanstaaf");
    }

    @Test
    void plainWithoutInitialResponseAsksWithAnEmptyLine() {
        SaslLogin login = login("PLAIN");

        assertThat(login.start()).isEqualTo(new SaslLogin.Ask(""));
        assertThat(login.line(ascii("AHRpbQB0YW5zdGFhZg=="))).isInstanceOf(SaslLogin.Finished.class);
    }

    @Test
    void loginPromptsTwice() {
        SaslLogin login = login("LOGIN");

        assertThat(login.start()).isEqualTo(new SaslLogin.Ask("VXNlcm5hbWU6"));
        assertThat(login.line(ascii("dGlt"))).isEqualTo(new SaslLogin.Ask("UGFzc3dvcmQ6"));
        assertThat(login.line(ascii("dGFuc3RhYWY="))).isInstanceOf(SaslLogin.Finished.class);
        assertThat(passwords).containsExactly("tanstaaf");
    }

    @Test
    void anEqualsSignIsAnEmptyInitialResponse() {
        assertThat(login("PLAIN").start(ascii("="))).isInstanceOf(SaslLogin.Malformed.class);
        assertThat(login("LOGIN").start(ascii("="))).isInstanceOf(SaslLogin.Malformed.class);
        assertThat(requests).isEmpty();
    }

    @Test
    void aStarCancels() {
        SaslLogin login = login("LOGIN");
        login.start();

        assertThat(login.line(ascii("*"))).isEqualTo(new SaslLogin.Cancelled());
        assertThat(requests).isEmpty();
    }

    @Test
    void brokenBase64AndLongLinesAreMalformed() {
        assertThat(login("PLAIN").line(ascii("AHRpbQB0YW5zdGFhZg"))).isInstanceOf(SaslLogin.Malformed.class);
        assertThat(login("PLAIN").line(ascii("A".repeat(12_292)))).isInstanceOf(SaslLogin.Malformed.class);
        assertThat(requests).isEmpty();
    }

    @Test
    void thePasswordIsWipedAfterTheDoorAnswered() {
        login("PLAIN").start(ascii("AHRpbQB0YW5zdGFhZg=="));

        assertThat(requests.getFirst().password()).containsOnly(0);
    }

    private SaslLogin login(String mechanism) {
        ClientAddress client =
                new ClientAddress("imap", new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000), true, "s1");
        return new SaslLogin(Mechanisms.STANDARD.begin(mechanism).orElseThrow(), new RecordingDoor(), client);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private final class RecordingDoor implements Authenticator {
        @Override
        public AuthResult authenticate(AuthRequest request) {
            requests.add(request);
            passwords.add(new String(request.password(), StandardCharsets.UTF_8));
            return new AuthResult.Success(new UserRecord(request.authcid(), Map.of()));
        }

        @Override
        public Optional<UserRecord> lookup(String service, String user) {
            return Optional.empty();
        }
    }
}
