package palomar.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; ''",
                "plain; plain",
                "%u; Joe@Example.org",
                "%n at %d; Joe at Example.org",
                "/mail/%d/%n/; /mail/Example.org/Joe/",
                "%Lu|%Ld|%Un; joe@example.org|example.org|JOE",
                "%%u 100%%; %u 100%",
                "%s from %r; imap from 192.0.2.7",
                "%{user}; Joe@Example.org",
                "%{username}/%{domain}; Joe/Example.org",
                "%{user | username}; Joe",
                "%{user|domain|lower}; example.org",
                "%{ user | username | upper }; JOE",
                "%{service}%{protocol}; imapimap",
                "%{remote_ip}, %{rip}; 192.0.2.7, 192.0.2.7",
            })
    void variablesAreFilledIn(String template, String text) {
        UserQuery query = new UserQuery(
                "Joe@Example.org",
                "imap",
                Optional.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 4_000)));

        assertThat(Variables.of(template).fill(query)).isEqualTo(text);
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(Variables.of("[%d%r%{domain}%{user | domain}]").fill(new UserQuery("joe", "lmtp")))
                .isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%", "x%", "%L", "%q", "%{", "%{user", "%{nosuch}", "%{user|nosuch}", "%{}", "%{user|}", "% u"})
    void whatDoesNotExistIsRefused(String template) {
        assertThatThrownBy(() -> Variables.of(template)).isInstanceOf(IllegalArgumentException.class);
    }
}
