package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// GNU SASL's program: each mechanism against another implementation of it, channel binding included.
@ExtendWith(SharedServer.class)
class GsaslIT {
    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN"})
    void withoutTls(String mechanism, Palomar palomar) throws Exception {
        Result result = imap(palomar, "demo", "--mechanism=" + mechanism, "--no-starttls");

        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(result.out() + result.err()).contains("Client authentication finished (server trusted)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS"})
    void withChannelBinding(String mechanism, Palomar palomar) throws Exception {
        String certificate = "--x509-ca-file=" + palomar.data().resolve("tls/cert.pem");
        Result result = imap(palomar, "demo", "--mechanism=" + mechanism, "--starttls", certificate);

        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(result.out() + result.err()).contains("Client authentication finished (server trusted)");
    }

    @Test
    void aWrongPasswordFails(Palomar palomar) throws Exception {
        Result result = imap(palomar, "wrong", "--mechanism=SCRAM-SHA-256", "--no-starttls");

        assertThat(result.code()).isNotZero();
        assertThat(result.out() + result.err()).contains("[AUTHENTICATIONFAILED]");
    }

    private static Result imap(Palomar palomar, String password, String... more) throws Exception {
        Result.wants("gsasl");
        List<String> command = new ArrayList<>(List.of(
                "gsasl",
                "--imap",
                "--connect=localhost:" + palomar.imap(),
                "--authentication-id=gsasl",
                "--authorization-id=gsasl",
                "--password=" + password));
        command.addAll(List.of(more));
        return Result.of(new byte[0], command);
    }
}
