package palomar.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteInput;
import palomar.testkit.Seeds;

class ProxyHeaderTest {
    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
    private static final byte[] V4 = HexFormat.of().parseHex("c0000201" + "c6336401" + "0401" + "008f");
    private static final byte[] V6 = HexFormat.of()
            .parseHex("20010db8000000000000000000000001" + "20010db8000000000000000000000002" + "0401" + "03e1");

    @Test
    void goodLinesOfTextAreUnderstood() throws IOException {
        assertThat(text("PROXY TCP4 192.0.2.1 198.51.100.1 1025 143\r\nrest"))
                .isEqualTo("/192.0.2.1:1025 /198.51.100.1:143");
        assertThat(text("PROXY TCP4 255.255.255.255 0.0.0.0 65535 0\r\nrest"))
                .isEqualTo("/255.255.255.255:65535 /0.0.0.0:0");
        assertThat(text("PROXY TCP6 2001:db8::1 2001:db8::2 1025 993\r\nrest"))
                .isEqualTo("/[2001:db8:0:0:0:0:0:1]:1025 /[2001:db8:0:0:0:0:0:2]:993");
        assertThat(text("PROXY TCP6 ::ffff:192.0.2.1 2001:db8::2 1025 993\r\nrest"))
                .isEqualTo("/192.0.2.1:1025 /[2001:db8:0:0:0:0:0:2]:993");
        assertThat(text("PROXY UNKNOWN\r\nrest")).isEqualTo("local");
        assertThat(text("PROXY UNKNOWN ffff::1 whatever 1 2\r\nrest")).isEqualTo("local");
    }

    @Test
    void badLinesOfTextAreRefused() {
        for (String line : List.of(
                "PROXY\r\n",
                "PROXY TCP4\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 1025\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 1025 143 7\r\n",
                "PROXY TCP4 192.0.2.1  198.51.100.1 1025 143\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 1025 65536\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 1025 -1\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 1025 +1\r\n",
                "PROXY TCP4 192.0.2 198.51.100.1 1025 143\r\n",
                "PROXY TCP4 3232235521 198.51.100.1 1025 143\r\n",
                "PROXY TCP4 192.0.2.256 198.51.100.1 1025 143\r\n",
                "PROXY TCP4 mail.example.org 198.51.100.1 1025 143\r\n",
                "PROXY TCP4 2001:db8::1 198.51.100.1 1025 143\r\n",
                "PROXY TCP6 192.0.2.1 2001:db8::2 1025 143\r\n",
                "PROXY UDP4 192.0.2.1 198.51.100.1 1025 143\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 1025 143\n",
                "PROXY " + "x".repeat(200) + "\r\n",
                "PRXOY TCP4 192.0.2.1 198.51.100.1 1025 143\r\n",
                "a1 LOGIN u p\r\n",
                "\u0016\u0003\u0001")) {
            assertThat(refusal(line.getBytes(StandardCharsets.ISO_8859_1)))
                    .as(line)
                    .isEqualTo(ClientGone.Reason.PROXY);
        }
        assertThat(refusal("PROXY TCP4 192.0".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(ClientGone.Reason.CLOSED);
        assertThat(refusal(new byte[0])).isEqualTo(ClientGone.Reason.CLOSED);
    }

    @Test
    void binaryHeadersAreUnderstood() throws IOException {
        assertThat(read(v2(0x21, 0x11, V4))).isEqualTo("/192.0.2.1:1025 /198.51.100.1:143");
        assertThat(read(v2(0x21, 0x21, V6))).isEqualTo("/[2001:db8:0:0:0:0:0:1]:1025 /[2001:db8:0:0:0:0:0:2]:993");
        assertThat(read(v2(0x20, 0x00, new byte[0]))).isEqualTo("local");
        assertThat(read(v2(0x20, 0x11, V4))).isEqualTo("local");
        assertThat(read(v2(0x21, 0x31, new byte[216]))).isEqualTo("local");
        assertThat(read(v2(0x21, 0x11, join(V4, tlv(0x04, new byte[100]), tlv(0xE0, new byte[0])))))
                .isEqualTo("/192.0.2.1:1025 /198.51.100.1:143");
    }

    @Test
    void theTlsOfTheProxyIsTakenOver() throws IOException {
        byte[] ssl = join(
                HexFormat.of().parseHex("07" + "00000000"),
                tlv(0x21, "TLSv1.3".getBytes(StandardCharsets.US_ASCII)),
                tlv(0x22, "alice".getBytes(StandardCharsets.US_ASCII)),
                tlv(0x23, "TLS_AES_128_GCM_SHA256".getBytes(StandardCharsets.US_ASCII)));
        byte[] host = tlv(0x02, "mail.example.org".getBytes(StandardCharsets.US_ASCII));
        var header =
                (ProxyHeader.Proxied) ProxyHeader.read(ByteInput.of(v2(0x21, 0x11, join(V4, host, tlv(0x20, ssl)))));
        assertThat(header.tls())
                .contains(new TlsFacts(
                        "TLSv1.3",
                        "TLS_AES_128_GCM_SHA256",
                        Optional.of("mail.example.org"),
                        Optional.of("alice"),
                        true));

        ssl[4] = 1; // the certificate was not verified: the name proves nothing
        header = (ProxyHeader.Proxied) ProxyHeader.read(ByteInput.of(v2(0x21, 0x11, join(V4, tlv(0x20, ssl)))));
        assertThat(header.tls().orElseThrow().clientName()).isEmpty();

        ssl[0] = 0; // not over TLS at all
        header = (ProxyHeader.Proxied) ProxyHeader.read(ByteInput.of(v2(0x21, 0x11, join(V4, tlv(0x20, ssl)))));
        assertThat(header.tls()).isEmpty();
    }

    @Test
    void theChecksumIsChecked() throws IOException {
        byte[] header = v2(0x21, 0x11, join(V4, tlv(0x03, new byte[4])));
        CRC32C sum = new CRC32C();
        sum.update(header);
        int value = (int) sum.getValue();
        for (int i = 0; i < 4; i++) {
            header[header.length - 4 + i] = (byte) (value >>> 24 - 8 * i);
        }
        assertThat(read(header)).isEqualTo("/192.0.2.1:1025 /198.51.100.1:143");
        header[20] ^= 1;
        assertThat(refusal(header)).isEqualTo(ClientGone.Reason.PROXY);
    }

    @Test
    void badBinaryHeadersAreRefused() throws IOException {
        assertThat(refusal(v2(0x11, 0x11, V4))).isEqualTo(ClientGone.Reason.PROXY);
        assertThat(refusal(v2(0x22, 0x11, V4))).isEqualTo(ClientGone.Reason.PROXY);
        assertThat(refusal(v2(0x21, 0x11, new byte[11]))).isEqualTo(ClientGone.Reason.PROXY);
        assertThat(refusal(v2(0x21, 0x21, V4))).isEqualTo(ClientGone.Reason.PROXY);
        assertThat(refusal(v2(0x21, 0x11, new byte[4097]))).isEqualTo(ClientGone.Reason.PROXY);
        assertThat(refusal(v2(0x21, 0x11, join(V4, new byte[2])))).isEqualTo(ClientGone.Reason.PROXY);
        assertThat(refusal(v2(0x21, 0x11, join(V4, new byte[] {4, 0, 9, 1})))).isEqualTo(ClientGone.Reason.PROXY);
        assertThat(refusal(v2(0x21, 0x11, join(V4, tlv(0x20, new byte[3]))))).isEqualTo(ClientGone.Reason.PROXY);
        byte[] whole = v2(0x21, 0x11, V4);
        for (int cut = 1; cut < whole.length; cut++) {
            byte[] part = java.util.Arrays.copyOf(whole, cut);
            assertThat(refusal(part)).as("cut at " + cut).isEqualTo(ClientGone.Reason.CLOSED);
        }
        whole[11] ^= 1;
        assertThat(refusal(whole)).isEqualTo(ClientGone.Reason.PROXY);
    }

    @Test
    void randomDamageNeverEscapesAsAnythingElse() throws IOException {
        RandomGenerator random = Seeds.random("proxy");
        byte[] ssl = join(new byte[5], tlv(0x21, new byte[4]), tlv(0x23, new byte[9]));
        byte[] good = v2(0x21, 0x11, join(V4, tlv(0x20, ssl), tlv(0x02, new byte[3])));
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = good.clone();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                bad[random.nextInt(12, bad.length)] = (byte) random.nextInt();
            }
            try {
                ProxyHeader.read(ByteInput.of(bad));
            } catch (ClientGone refused) {
                assertThat(refused.reason())
                        .as("seed " + Seeds.seed())
                        .isIn(ClientGone.Reason.PROXY, ClientGone.Reason.CLOSED);
            }
        }
    }

    private static String text(String header) throws IOException {
        ByteInput in = ByteInput.of(header.getBytes(StandardCharsets.US_ASCII));
        String read = words(ProxyHeader.read(in));
        assertThat(in.read()).as("nothing behind the header is taken").isEqualTo('r');
        return read;
    }

    private static String read(byte[] header) throws IOException {
        ByteInput in = ByteInput.of(join(header, new byte[] {'r'}));
        String read = words(ProxyHeader.read(in));
        assertThat(in.read()).as("nothing behind the header is taken").isEqualTo('r');
        return read;
    }

    private static String words(ProxyHeader header) {
        return switch (header) {
            case ProxyHeader.Local() -> "local";
            case ProxyHeader.Proxied(var client, var server, var tls) -> client + " " + server;
        };
    }

    private static ClientGone.Reason refusal(byte[] header) {
        return ((ClientGone) catchThrowable(() -> ProxyHeader.read(ByteInput.of(header)))).reason();
    }

    private static byte[] v2(int versionAndCommand, int family, byte[] rest) throws IOException {
        byte[] fixed = {(byte) versionAndCommand, (byte) family, (byte) (rest.length >> 8), (byte) rest.length};
        return join(SIGNATURE, fixed, rest);
    }

    private static byte[] tlv(int type, byte[] value) throws IOException {
        return join(new byte[] {(byte) type, (byte) (value.length >> 8), (byte) value.length}, value);
    }

    private static byte[] join(byte[]... parts) throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.write(part);
        }
        return joined.toByteArray();
    }
}
