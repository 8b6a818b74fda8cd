package palomar.pop3.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.bytes.ByteInput;

class Pop3ReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "list 007|List[number=Optional[7]]",
                "LIST |List[number=Optional.empty]",
                "RETR 1 |Retr[number=1]",
                "RETR 1 2|Malformed[why=this command takes the number of a message]",
                "TOP 1  2|Top[number=1, lines=2]",
                "TOP 1 99999999999|Top[number=1, lines=2147483647]",
                "USER a b|User[name=a b]",
                "UTF8 |Utf8[]",
                "LANG|Lang[range=Optional.empty]",
                "LANG  de |Lang[range=Optional[de]]",
                "XCLIENT ADDR=[UNAVAILABLE] port=1|Xclient[attributes={PORT=1}]",
                "XCLIENT =1|Malformed[why=XCLIENT takes NAME=value, each name once]",
                " NOOP|Malformed[why=unknown command]",
                "AUTH plain|Auth[PLAIN]",
                "AUTH PLAIN A|Malformed[why=the initial response is no base64]",
                "PASS|Pass"
            })
    void readsALine(String line, String command) throws IOException {
        for (String end : new String[] {"\r\n", "\n"}) {
            byte[] bytes = (line + end).getBytes(StandardCharsets.UTF_8);
            assertThat(new Pop3Reader(ByteInput.of(bytes)).next().toString()).isEqualTo(command);
        }
    }
}
