package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentFieldTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "NULL", textBlock = """
            attachment; filename=plain.txt                                       | plain.txt
            attachment; FILENAME="a \\"b\\".txt"                                 | a "b".txt
            attachment; filename=a (comment)                                     | a
            attachment; filename=a(1).txt                                        | a(1).txt
            attachment; filename*=UTF-8''%e2%82%ac%20rates                       | € rates
            attachment; filename*=iso-8859-1'en'%A3%20rates                      | £ rates
            attachment; filename*=no%20charset                                   | no charset
            attachment; filename*0=one; filename*1=" two"; filename*2=three      | one twothree
            attachment; filename*1=two; filename*0=one                           | onetwo
            attachment; filename*0*=utf-8''%C3; filename*1*=%BC; filename*2=%20  | ü%20
            attachment; filename="=?utf-8?q?=C3=BC.txt?="                        | ü.txt
            attachment; filename=old; filename*=utf-8''new                       | new
            attachment; filename*=utf-8''100%; x=y                               | 100%
            attachment; filename*=utf-8''a%2                                     | a%2
            attachment; filename*=utf-8''a%20                                    | ~a ~
            attachment; filename="unclosed                                       | unclosed
            attachment; name=x                                                   | NULL
            attachment                                                           | NULL
            """)
    void fileNamesAreReadInEveryForm(String raw, String name) {
        assertThat(ContentField.parse(raw).text("filename")).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            x/y; a*0=one; a*1=" two"                                | [a=one two]
            x/y; A*1=two; b=c; a*0="one "                           | [b=c, a=one two]
            x/y; t*0*=us-ascii'en'Even%20more%20; t*1*=%2A; t*2="isn't it!" | [t*=us-ascii'en'Even%20more%20%2Aisn%27t%20it!]
            x/y; t*0="p q"; t*1*=%20r                               | [t*=''p%20q%20r]
            x/y; t*1=two                                            | [t*1=two]
            x/y; t*0=one; t*2=three                                 | [t=one, t*2=three]
            x/y; t*0=one; t*01=two                                  | [t=one, t*01=two]
            x/y; t*0=one; t*0=other; t*1=two                        | [t=onetwo, t*0=other]
            x/y; t*=utf-8''a; *0=b; t**=c; t*x=d                    | [t*=utf-8''a, *0=b, t**=c, t*x=d]
            x/y; t*0=1; t*1=2; t*2=3; t*3=4; t*4=5; t*5=6; t*6=7; t*7=8; t*8=9; t*9=a; t*10=b | [t=123456789ab]
            """)
    void whatCameInPiecesIsJoined(String raw, String joined) {
        assertThat(ContentField.parse(raw).parameters().stream()
                        .map(p -> p.name() + "=" + p.value())
                        .toList())
                .hasToString(joined);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "NULL", textBlock = """
            text/plain                                      | text | plain | NULL
            text/plain; charset=us-ascii (Plain text)       | text | plain | us-ascii
            Text / Plain ; Charset = "utf-8"                | Text | Plain | utf-8
            text/(a)plain(b); (c) charset=utf-8             | text | plain | utf-8
            text/plain charset=utf-8                        | text | plain | utf-8
            text/plain;; ;charset=utf-8;                    | text | plain | utf-8
            text/plain; x; charset=utf-8                    | text | plain | utf-8
            text/plain; charset="ut\\f-8"                   | text | plain | utf-8
            text                                            | ''   | ''    | NULL
            /plain                                          | ''   | ''    | NULL
            text/                                           | ''   | ''    | NULL
            """)
    void typesAndParametersAreReadAsPeopleWriteThem(String raw, String type, String subtype, String charset) {
        ContentField field = ContentField.parse(raw);
        assertThat(field.type()).isEqualTo(type);
        assertThat(field.subtype()).isEqualTo(subtype);
        assertThat(field.parameter("charset")).isEqualTo(charset);
    }
}
