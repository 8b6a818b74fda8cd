package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            plain                                          | plain
            =?ISO-8859-1?Q?a?=                             | a
            =?ISO-8859-1?Q?a?= b                           | a b
            =?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=          | ab
            =?ISO-8859-1?Q?a?=    =?ISO-8859-1?Q?b?=       | ab
            =?ISO-8859-1?Q?a_b?=                           | a b
            =?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=         | a b
            =?utf-8?q?J=C3=BCrgen?=                        | Jürgen
            =?UTF-8?B?SsO8cmdlbg==?=                       | Jürgen
            =?UTF-8?B?SsO8cmdlbg?=                         | Jürgen
            =?UTF-8?B?SsO8 cmdlbg==?=                      | Jürgen
            =?UTF-8?B?SsO8cmdlb?=                          | Jürge
            =?utf-8?q?J=C3?= =?utf-8?q?=BCrgen?=           | Jürgen
            =?utf-8*en?q?hello?=                           | hello
            =?utf-8?q?a b?=                                | a b
            x=?utf-8?q?y?=z                                | xyz
            =?utf-8?q?=41?=                                | A
            =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=             | 日本
            =?gb2312?B?xOO6ww==?=                          | 你好
            =?utf-7?q?Hi_+Jjo-?=                           | Hi ☺
            =?x-nonsense?q?caf=C3=A9?=                     | café
            =?x-nonsense?q?caf=E9?=                        | café
            =?us-ascii?q?caf=E9?=                          | café
            =?utf-8?x?abc?=                                | =?utf-8?x?abc?=
            =?utf-8?q?abc                                  | =?utf-8?q?abc
            =?utf-8?q                                      | =?utf-8?q
            =??q?a?=                                       | =??q?a?=
            =? =?utf-8?q?a?=                               | =? a
            =?utf-8?q?100=?=                               | 100=
            (=?ISO-8859-1?Q?a?=)                           | (a)
            """)
    void encodedWordsAreDecoded(String raw, String text) {
        assertThat(HeaderText.decode(raw)).isEqualTo(text);
    }

    @Test
    void rawBytesAreUtf8OrElseWindows1252() {
        assertThat(HeaderText.decode(latin1("Jürgen".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("Jürgen");
        assertThat(HeaderText.decode(latin1("Jürgen".getBytes(StandardCharsets.ISO_8859_1))))
                .isEqualTo("Jürgen");
        assertThat(HeaderText.decode(latin1("ü =?utf-8?q?=C3=BC?=".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("ü ü");
    }

    @Test
    void foldsAndTabsAreOneBlankToASearch() {
        assertThat(new String(HeaderText.fold("a\tb"), StandardCharsets.UTF_8)).isEqualTo("A B");
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
