package palomar.message.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailAddressTest {
    private static String all(AddressPart part, String value) {
        return MailAddress.list(value).stream()
                .map(address -> Objects.toString(part.of(address, Subaddress.PLUS)))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tim@example.com | tim@example.com | tim | example.com",
                "Tim <tim@Example.com> (work) | tim@Example.com | tim | Example.com",
                "\"tim\"@example.com | tim@example.com | tim | example.com",
                "\"t i m\"@example.com | \"t i m\"@example.com | t i m | example.com",
                "friends: a@b.example, \"B\" <c@d.example>; | a@b.example c@d.example | a c | b.example d.example",
                "undisclosed-recipients:; | `` | `` | ``",
                "<@route,@two:a@b.example> | a@b.example | a | b.example",
                "tim | tim | null | null",
                "tim@ | tim | null | null",
                "<@example.com> | @example.com | null | null",
                "tim@example..com | tim@example..com | null | null",
                "a@b.example, broken, c@d.example | a@b.example broken c@d.example | a null c | b.example null d.example",
                "a@[192.0.2.1] | a@[192.0.2.1] | a | [192.0.2.1]"
            })
    void hasParts(String value, String all, String local, String domain) {
        assertThat(all(AddressPart.ALL, value)).isEqualTo(all);
        assertThat(all(AddressPart.LOCALPART, value)).isEqualTo(local);
        assertThat(all(AddressPart.DOMAIN, value)).isEqualTo(domain);
    }

    /// RFC 5233 4
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ken+foo@example.com | ken | foo",
                "ken@example.com | ken | null",
                "ken+@example.com | ken | ''",
                "ken+a+b@example.com | ken | a+b",
                "+a@example.com | '' | a",
                "ken | null | null"
            })
    void dividesUserAndDetail(String value, String user, String detail) {
        assertThat(all(AddressPart.USER, value)).isEqualTo(user);
        assertThat(all(AddressPart.DETAIL, value)).isEqualTo(detail);
    }

    @Test
    void takesTheFirstOfSeveralSeparators() {
        Subaddress several = new Subaddress(List.of("+", "--", "-"));
        MailAddress address = MailAddress.ofPath("ken--a+b@example.com");
        assertThat(AddressPart.USER.of(address, several)).isEqualTo("ken");
        assertThat(AddressPart.DETAIL.of(address, several)).isEqualTo("a+b");
    }

    @Test
    void readsEnvelopes() {
        MailAddress sender = MailAddress.ofPath("<>");
        assertThat(AddressPart.ALL.of(sender, Subaddress.PLUS)).isEmpty();
        assertThat(AddressPart.LOCALPART.of(sender, Subaddress.PLUS)).isEmpty();
        assertThat(AddressPart.DETAIL.of(sender, Subaddress.PLUS)).isNull();
        assertThat(AddressPart.DOMAIN.of(MailAddress.ofPath("<a@b.example>"), Subaddress.PLUS))
                .isEqualTo("b.example");
        assertThat(AddressPart.DOMAIN.of(MailAddress.ofPath("a"), Subaddress.PLUS))
                .isNull();
    }

    @Test
    void decodesNamesAndUtf8() {
        MailAddress first = MailAddress.list("=?utf-8?q?J=C3=BCrgen?= <j\u00c3\u00bc@b\u00c3\u00bc.example>")
                .getFirst();
        assertThat(first.name()).isEqualTo("Jürgen");
        assertThat(first.written()).isEqualTo("jü@bü.example");
    }

    @Test
    void knowsPartsByName() {
        assertThat(AddressPart.named("LocalPart")).hasValue(AddressPart.LOCALPART);
        assertThat(AddressPart.named("other")).isEmpty();
    }
}
