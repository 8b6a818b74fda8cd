package palomar.auth.fixed;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import palomar.auth.AuthRequest;
import palomar.auth.AuthResult;
import palomar.auth.UserRecord;

class DemoAuthenticatorTest {
    private final DemoAuthenticator door = new DemoAuthenticator();

    @ParameterizedTest
    @CsvSource({"joe, joe", "Joe, joe", "a.b_c-9, a.b_c-9", "joe@localhost, joe", "x, x"})
    void everyPlainNameEntersWithDemoAndReceives(String given, String user) {
        UserRecord record = new UserRecord(user, Map.of());

        assertThat(door.authenticate(request(given, given, "demo"))).isEqualTo(new AuthResult.Success(record));
        assertThat(door.lookup("lmtp", given)).contains(record);
        assertThat(door.spelling(given)).contains(user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@x", "a b", "a/b", "..", ".", "jo\u00eb", "a+b", "a:b", "a\nb"})
    void otherNamesDoNotExist(String given) {
        assertThat(door.authenticate(request(given, given, "demo"))).isInstanceOf(AuthResult.Denied.class);
        assertThat(door.lookup("lmtp", given)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Demo", "demo ", "dem", "demo\0"})
    void otherPasswordsAreDenied(String password) {
        assertThat(door.authenticate(request("joe", "joe", password))).isInstanceOf(AuthResult.Denied.class);
    }

    @Test
    void nobodyActsForSomeoneElse() {
        assertThat(door.authenticate(request("joe", "ann", "demo"))).isInstanceOf(AuthResult.Denied.class);
        assertThat(door.authenticate(request("joe", "JOE", "demo"))).isInstanceOf(AuthResult.Success.class);
    }

    private static AuthRequest request(String authcid, String authzid, String password) {
        return new AuthRequest(
                "imap",
                authcid,
                authzid,
                password.getBytes(StandardCharsets.UTF_8),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_000),
                true,
                "s1");
    }
}
