package palomar.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where something can be posted.
class WebhookTest {
    @Test
    void whatCanBePostedToHasAnEnvelope() {
        String host = "abcdefghi.".repeat(25) + "com";
        Webhook webhook =
                Webhook.of("HTTPS://" + host + "/\u00e9?x", "bob", false).orElseThrow();
        assertThat(webhook.target().toString()).endsWith("/%C3%A9?x");
        assertThat(webhook.port()).isEqualTo(443);
        EnvelopeRecipient to = webhook.envelope().recipients().getFirst();
        assertThat(to.address().address()).isEqualTo("webhook@" + host);
        assertThat(to.notifyOn()).containsExactly(Notify.NEVER);
        assertThat(webhook.envelope().sender().isNull()).isTrue();
        assertThat(Webhook.of("https://[2001:db8::1]:8443/", "bob", false)
                        .orElseThrow()
                        .envelope())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a.example/",
                "https:a.example",
                "https:///x",
                "https://",
                "a.example",
                "https://u@a.example/",
                "https://u:p@a.example/",
                "https://a.example:0/",
                "https://a.example:65536/",
                "https://a.example/a b",
                "https://a.example/\r\nX: y",
                "mailto:a@b.example",
                ""
            })
    void nothingElseCan(String uri) {
        assertThat(Webhook.of(uri, "bob", true)).isEmpty();
    }

    @Test
    void nothingEndlessCan() {
        assertThat(Webhook.of("https://a.example/" + "x".repeat(2000), "bob", true))
                .isEmpty();
        assertThat(Webhook.of("https://" + "abcdefghi.".repeat(26) + "com/", "bob", true))
                .isEmpty();
        assertThat(Webhook.of("https://a.example/", "b".repeat(1001), true)).isEmpty();
    }
}
