package palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.testkit.Seeds;

class HeaderWatchTest {

    @ParameterizedTest
    @CsvSource({
        "Subject: hello, false",
        "Subject: gr\u00c3\u00bc\u00c3\u009fe, true",
        "Subject: gr\u00fc\u00dfe, false",
        "Subject: \u00ed\u00a0\u0080, false",
        "Subject: \u00f0\u009f\u0098\u0080, true",
        "Subject: \u00c3, false"
    })
    void itKnowsInternationalHeaders(String line, boolean international) throws IOException {
        byte[] header = line.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(isInternational(header)).isEqualTo(international);
    }

    @Test
    void theBodyDoesNotCount() throws IOException {
        assertThat(isInternational("A: b\r\n\r\n\u00c3\u00bc".getBytes(StandardCharsets.ISO_8859_1)))
                .isFalse();
    }

    @Test
    void itIsOfOneMindWithTheDecoder() throws IOException {
        RandomGenerator random = Seeds.random("HeaderWatchTest");
        byte[] some = {
            'a',
            (byte) 0x80,
            (byte) 0x9f,
            (byte) 0xa0,
            (byte) 0xbf,
            (byte) 0xc1,
            (byte) 0xc3,
            (byte) 0xe0,
            (byte) 0xed,
            (byte) 0xef,
            (byte) 0xf0,
            (byte) 0xf4,
            (byte) 0xf5
        };
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(1, 6)];
            boolean beyond = false;
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = some[random.nextInt(some.length)];
                beyond |= bytes[i] < 0;
            }
            assertThat(isInternational(bytes)).isEqualTo(beyond && isUtf8(bytes));
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException broken) {
            return false;
        }
    }

    private static boolean isInternational(byte[] message) throws IOException {
        try (HeaderWatch watch = new HeaderWatch(OutputStream.nullOutputStream())) {
            watch.write(message, 0, message.length);
            return watch.isInternational();
        }
    }
}
