package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailtoUriTest {
    private static MailtoUri valid(String text) {
        return switch (MailtoUri.parse(text)) {
            case MailtoUri.Valid(MailtoUri uri) -> uri;
            case MailtoUri.Invalid(String why) -> throw new AssertionError(why);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mailto:chris@example.com | chris@example.com",
                "MAILTO:addr1@an.example,addr2@an.example | addr1@an.example addr2@an.example",
                "mailto:?to=addr1@an.example,addr2@an.example | addr1@an.example addr2@an.example",
                "mailto:addr1@an.example?to=addr2@an.example | addr1@an.example addr2@an.example",
                "mailto:gorby%25kremvax@example.com | gorby%kremvax@example.com",
                "mailto:unlikely%3Faddress@example.com | unlikely?address@example.com",
                "mailto:%22not%40me%22@example.org | \"not@me\"@example.org",
                "mailto:user@%E7%B4%8D%E8%B1%86.example.org | user@納豆.example.org",
                "mailto:bob+x@example.org | bob+x@example.org"
            })
    void findsRecipients(String text, String addresses) {
        assertThat(valid(text).to()).extracting(AddrSpec::toString).containsExactly(addresses.split(" "));
    }

    @Test
    void decodesFields() {
        MailtoUri uri = valid("mailto:infobot@example.com?Subject=caf%C3%A9+x&body=send%20current-issue%0D%0Aindex%0A"
                + "&cc=joe@example.com&In-Reply-To=%3C3469A91.D10AF4C@example.com%3E");
        assertThat(uri.field("subject")).hasValue("café+x");
        assertThat(uri.field("body")).hasValue("send current-issue\r\nindex\r\n");
        assertThat(uri.field("in-reply-to")).hasValue("<3469A91.D10AF4C@example.com>");
        assertThat(uri.addresses("cc")).containsExactly(new AddrSpec("joe", "example.com"));
    }

    @Test
    void needsNoRecipient() {
        assertThat(valid("mailto:?subject=x").to()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://example.com/",
                "mailto:bob",
                "mailto:bob@example.com?subject",
                "mailto:bob@example.com?=x",
                "mailto:bob@example.com?cc=nobody",
                "mailto:bob%4@example.com",
                "mailto:bob@example.com?subject=%zz",
                "mailto:bob@example.com?subject=%FF",
                "mailto:bob@example.com?subject=a%0D%0ABcc:x@example.com",
                "mailto:bob@example.com?a%3Ab=c"
            })
    void refusesWhatIsNoMailtoUri(String text) {
        assertThat(MailtoUri.parse(text)).isInstanceOf(MailtoUri.Invalid.class);
    }
}
