package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressParserTest {

    /// Addresses are shown as name/route/mailbox/host, `-` for null.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "NULL", textBlock = """
            a@b                                     | -/-/a/b
            <a@b>                                   | -/-/a/b
            Ann <a@b>                               | Ann/-/a/b
            "Doe, John" <a@b>, c@d                  | Doe, John/-/a/b -/-/c/d
            "q \\" \\\\ x" <a@b>                    | q " \\ x/-/a/b
            a@b (Ann (x) \\) y)                     | Ann (x) ) y/-/a/b
            (Ann) a@b                               | Ann/-/a/b
            <a@b> (Ann)                             | Ann/-/a/b
            Ann (comment) Smith <a@b>               | Ann Smith/-/a/b
            "john doe"@example.org                  | -/-/john doe/example.org
            <"john@doe"@example.org>                | -/-/john@doe/example.org
            john . doe @ example . org              | -/-/john.doe/example.org
            John Q. Public <a@b>                    | John Q. Public/-/a/b
            <@r1,@r2:a@b>                           | -/@r1,@r2/a/b
            a@[192.0.2.1]                           | -/-/a/[192.0.2.1]
            A Group:a@b, Joe <c@d>,e@f;             | -/-/A Group/- -/-/a/b Joe/-/c/d -/-/e/f -/-/-/-
            undisclosed-recipients:;                | -/-/undisclosed-recipients/- -/-/-/-
            g: a@b                                  | -/-/g/- -/-/a/b -/-/-/-
            g:a@b;, c@d                             | -/-/g/- -/-/a/b -/-/-/- -/-/c/d
            a@b; c@d                                | -/-/a/b -/-/c/d
            a@b,,c@d,                               | -/-/a/b -/-/c/d
            a@b <a@b>                               | a@b/-/a/b
            Ann Smith a@b                           | Ann Smith/-/a/b
            undisclosed recipients                  | -/-/undisclosed recipients/
            <>                                      | -/-//
            Ann <>                                  | Ann/-//
            <a>                                     | -/-/a/
            @b                                      | -/-//b
            Ann <a@b, c@d                           | Ann/-/a/b -/-/c/d
            "unclosed <a@b>                         | "unclosed/-/a/b
            Ann <a@b> trash, c@d                    | Ann/-/a/b -/-/c/d
            "" <a@b>                                | -/-/a/b
            =?utf-8?q?J=C3=BC?= <a@b>               | =?utf-8?q?J=C3=BC?=/-/a/b
            a@b (unclosed                           | unclosed/-/a/b
            <@a@b>                                  | -/-//a@b
            ,;                                      | NULL
            """)
    void addressesAreReadAsPeopleWriteThem(String list, String expected) {
        assertThat(shown(list)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void aLongListIsCutAndItsGroupClosed() {
        String list = "g:" + "a@b,".repeat(1000) + ";";
        assertThat(AddressParser.parse(list, 10)).hasSize(11).endsWith(Address.GROUP_END);
    }

    private static String shown(String list) {
        return AddressParser.parse(list, 100).stream()
                .map(AddressParserTest::shown)
                .collect(Collectors.joining(" "));
    }

    private static String shown(Address address) {
        return part(address.name()) + "/" + part(address.route()) + "/" + part(address.mailbox()) + "/"
                + part(address.host());
    }

    private static String part(String text) {
        return text == null ? "-" : text;
    }
}
