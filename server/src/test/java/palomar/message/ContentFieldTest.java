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
