package palomar.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `~` is CR LF, `/` LF, `\` CR in the tables.
class HeaderRepairTest {
    private static final HeaderRepair.Added ADDED = new HeaderRepair.Added("R: r\r\n", "now", "<id>");

    private static String wire(String text) {
        return text.replace("~", "\r\n").replace('/', '\n').replace('\\', '\r');
    }

    private static String repaired(String message, int piece, boolean removesBcc) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HeaderRepair repair = new HeaderRepair(out, ADDED, removesBcc);
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < bytes.length; at += piece) {
            repair.write(bytes, at, Math.min(piece, bytes.length - at));
        }
        repair.finish();
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        // whole
        "Date: d~Message-ID: <i>~~body~, R: r~Date: d~Message-ID: <i>~~body~",
        "date : d~MESSAGE-id: <i>~~b, R: r~date : d~MESSAGE-id: <i>~~b",
        // missing
        "Subject: s~~body~, R: r~Subject: s~Date: now~Message-ID: <id>~~body~",
        "Date: d~~, R: r~Date: d~Message-ID: <id>~~",
        "~body, R: r~Date: now~Message-ID: <id>~~body",
        "'', R: r~Date: now~Message-ID: <id>~~",
        "A: a, R: r~A: a~Date: now~Message-ID: <id>~~",
        // a continuation is no field
        "A: a~ Date: d~~b, R: r~A: a~ Date: d~Date: now~Message-ID: <id>~~b",
        // no header at all
        "hello~world, R: r~Date: now~Message-ID: <id>~~hello~world",
        "' x: y~', R: r~Date: now~Message-ID: <id>~~ x: y~",
        "A: a~no field~Date: d~, R: r~A: a~Date: now~Message-ID: <id>~~no field~Date: d~",
        "A: a~half, R: r~A: a~Date: now~Message-ID: <id>~~half",
        // Bcc
        "A: a~Bcc: x;~ y~\tz~B: b~ c~~Bcc: stays, R: r~A: a~B: b~ c~Date: now~Message-ID: <id>~~Bcc: stays",
        "bcc:~~b, R: r~Date: now~Message-ID: <id>~~b",
        "Bcc: x, R: r~Date: now~Message-ID: <id>~~",
        // other line ends
        "A: a/Date: d//b/c\\d, R: r~A: a~Date: d~Message-ID: <id>~~b/c\\d",
        "A: a\\Date: d\\\\b, R: r~A: a~Date: d~Message-ID: <id>~~b",
        "A: a/~b, R: r~A: a~Date: now~Message-ID: <id>~~b",
    })
    void repairs(String message, String wanted) throws IOException {
        for (int piece = 1; piece < 12; piece++) {
            assertThat(repaired(wire(message), piece, true))
                    .as("in pieces of %d", piece)
                    .isEqualTo(wire(wanted));
        }
    }

    @ParameterizedTest
    @CsvSource({"Bcc: x~~b, R: r~Bcc: x~Date: now~Message-ID: <id>~~b"})
    void keepsBccWhenTold(String message, String wanted) throws IOException {
        assertThat(repaired(wire(message), 4, false)).isEqualTo(wire(wanted));
    }

    @ParameterizedTest
    @CsvSource({"127,true", "128,true", "129,false", "5000,false"})
    void aNameWithoutEndIsNoName(int length, boolean field) throws IOException {
        String message = "x".repeat(length) + ": y\r\n\r\nb";
        String repaired = repaired(message, 50, true);
        assertThat(repaired.startsWith("R: r\r\nx")).isEqualTo(field);
        assertThat(repaired).endsWith(": y\r\n" + (field ? "Date: now\r\nMessage-ID: <id>\r\n" : "") + "\r\nb");
    }
}
