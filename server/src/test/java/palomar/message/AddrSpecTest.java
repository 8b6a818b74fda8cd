package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddrSpecTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bob@example.com | bob@example.com",
                " bob @ example.com (work (old)) | bob@example.com",
                "\"bob\"@example.com | bob@example.com",
                "\"b\\\"o b\"@example.com | \"b\\\"o b\"@example.com",
                "\"\"@example.com | \"\"@example.com",
                "bob.b+x@[192.0.2.1] | bob.b+x@[192.0.2.1]",
                "jürgen@bücher.example | jürgen@bücher.example",
                "bob@localhost | bob@localhost"
            })
    void readsAnAddressAndWritesItPlainly(String text, String plain) {
        assertThat(AddrSpec.parse(text).map(AddrSpec::toString)).hasValue(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "bob",
                "bob@",
                "@example.com",
                "bob@example..com",
                ".bob@example.com",
                "bob.@example.com",
                "bob@example.com.",
                "bob@example com",
                "bob@@example.com",
                "b o b@example.com",
                "<bob@example.com>",
                "Bob <bob@example.com>",
                "bob@example.com, ann@example.com",
                "\"bob@example.com",
                "bob@[192.0.2.1",
                "bob@example.com (open",
                "bob\u0000@example.com",
                "bob\r\nX: y@example.com"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThat(AddrSpec.parse(text)).isEmpty();
    }

    @Test
    void refusesAnAddressThatCanNotBeSentAnywhere() {
        assertThat(AddrSpec.parse("a".repeat(250) + "@example.com")).isEmpty();
    }

    @Test
    void readsMailboxesWithTheirNames() {
        assertThat(AddrSpec.mailboxes("John Q. Public <j@example.com>, \"Who, me\" <w@example.com>, a@b.example"))
                .hasValue(List.of(
                        new AddrSpec.Mailbox("John Q. Public", new AddrSpec("j", "example.com")),
                        new AddrSpec.Mailbox("Who, me", new AddrSpec("w", "example.com")),
                        new AddrSpec.Mailbox("", new AddrSpec("a", "b.example"))));
        assertThat(AddrSpec.mailbox("<a@b.example>"))
                .hasValue(new AddrSpec.Mailbox("", new AddrSpec("a", "b.example")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bob",
                "Bob <bob>",
                "Bob bob@example.com",
                "Bob <b@c.example",
                "a@b.example,",
                "x: a@b.example;"
            })
    void refusesWhatIsNoMailbox(String text) {
        assertThat(AddrSpec.mailboxes(text)).isEmpty();
    }
}
