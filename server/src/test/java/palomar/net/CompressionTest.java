package palomar.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.testkit.Seeds;
import palomar.testkit.TornInput;
import palomar.testkit.WireClient;

class CompressionTest {
    @TempDir
    Path folder;

    EchoServer server;

    @BeforeEach
    void start() throws Exception {
        server = new EchoServer(folder, UnaryOperator.identity());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WireClient plain(boolean tls) throws Exception {
        WireClient client = WireClient.connect(server.address());
        client.expect("hello ");
        if (tls) {
            client.line("STARTTLS").expect("OK");
            client.startTls();
        }
        return client;
    }

    private WireClient compressed(boolean tls) throws Exception {
        WireClient client = plain(tls);
        client.line("COMPRESS").expect("OK");
        return client.compress();
    }

    private static byte[] deflated(Deflater deflater, byte[] content, int mode) {
        byte[] target = new byte[content.length + 1000];
        deflater.setInput(content);
        return Arrays.copyOf(target, deflater.deflate(target, 0, target.length, mode));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Lines that repeat what was said up to a window ago, and some that nothing helps to compress.
    @Test
    void whatIsSaidComesBackThroughAnyNumberOfWaits() throws Exception {
        RandomGenerator random = Seeds.random("compression");
        for (boolean tls : new boolean[] {false, true}) {
            try (WireClient client = compressed(tls)) {
                StringBuilder said = new StringBuilder("begin");
                for (int i = 0; i < 150; i++) {
                    int from = Math.max(0, said.length() - random.nextInt(40_000));
                    String old = said.substring(from, Math.min(said.length(), from + random.nextInt(3000)));
                    byte[] fresh = new byte[random.nextInt(i % 50 == 0 ? 60_000 : 200)];
                    random.nextBytes(fresh);
                    String line = old + java.util.HexFormat.of().formatHex(fresh);
                    said.append(line);
                    client.line(line);
                    assertThat(client.readLine()).isEqualTo(line);
                }
            }
        }
    }

    @Test
    void aBurstMayComeByteByByteAndHoldManyLines() throws Exception {
        try (WireClient client = plain(false)) {
            client.line("COMPRESS").expect("OK");
            Deflater deflater = new Deflater(9, true);
            byte[] burst = deflated(deflater, ascii("one\r\ntwo\r\nthree\r\n"), Deflater.SYNC_FLUSH);
            for (byte b : burst) {
                client.send(new byte[] {b});
            }
            client.send(deflated(deflater, ascii("one\r\n"), Deflater.FULL_FLUSH));
            client.send(deflated(deflater, ascii("one\r\n"), Deflater.SYNC_FLUSH));
            client.compress();
            for (String line : new String[] {"one", "two", "three", "one", "one"}) {
                client.expect(line);
            }
        }
    }

    @Test
    void idleSessionsHoldNoCompressor() throws Exception {
        try (WireClient first = compressed(false);
                WireClient second = compressed(true)) {
            first.line("hello").expect("hello");
            second.line("hello").expect("hello");
            first.line("hello").expect("hello");
            Waiting.until(() -> server.network.deflate().idle() > 0
                    && server.network.connections().stream().allMatch(ConnectionFacts::idle));
            // One after the other they had the same two.
            assertThat(server.network.deflate().idle()).isBetween(2, 4);
        }
    }

    @Test
    void compressionEndsBetweenTwoBytes() throws Exception {
        for (int mode : new int[] {Deflater.SYNC_FLUSH, Deflater.FULL_FLUSH}) {
            try (WireClient client = plain(false)) {
                client.line("COMPRESS").expect("OK");
                ByteArrayOutputStream together = new ByteArrayOutputStream();
                together.writeBytes(deflated(new Deflater(6, true), ascii("EXPAND\r\n"), mode));
                together.writeBytes(ascii("plain again\r\nCOMPRESS\r\n"));
                client.send(together.toByteArray());
                client.compress().expect("OK");
                client.endCompression().expect("plain again");
                client.expect("OK");
                client.compress().line("x").expect("x");
            }
        }
    }

    @Test
    void aFinishedStreamEndsCompressionToo() throws Exception {
        try (WireClient client = plain(false)) {
            client.line("COMPRESS").expect("OK");
            Deflater deflater = new Deflater(6, true);
            byte[] first = deflated(deflater, ascii("EXPAND\r\n"), Deflater.SYNC_FLUSH);
            deflater.finish();
            client.send(first);
            client.compress().expect("OK");
            client.endCompression().line("plain").expect("plain");
        }
        try (WireClient client = plain(false)) {
            client.line("COMPRESS").expect("OK");
            Deflater deflater = new Deflater(6, true);
            deflater.finish();
            byte[] whole = deflated(deflater, ascii("EXPAND\r\n"), Deflater.NO_FLUSH);
            client.send(Arrays.copyOf(whole, whole.length - 1));
            client.send(Arrays.copyOfRange(whole, whole.length - 1, whole.length));
            client.compress().expect("OK");
            client.endCompression().line("plain").expect("plain");
        }
    }

    @Test
    void whatDoesNotDecompressEndsTheSession() throws Exception {
        try (WireClient client = plain(false)) {
            client.line("COMPRESS").expect("OK");
            client.line("plain text is no DEFLATE");
            assertThat(client.atEnd()).isTrue();
        }
        Waiting.until(() -> !server.gone.isEmpty());
        assertThat(server.gone.remove().reason()).isEqualTo(ClientGone.Reason.COMPRESSION);
    }

    /// Whatever comes, the outcome is data, the end, or a refusal.
    @Test
    void spoiledStreamsAreRefusedAndNothingElse() throws Exception {
        RandomGenerator random = Seeds.random("spoiled");
        byte[] good = deflated(new Deflater(6, true), ascii("a1 NOOP\r\n".repeat(300)), Deflater.SYNC_FLUSH);
        byte[] target = new byte[512];
        for (int round = 0; round < 3000; round++) {
            byte[] spoiled = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt();
            }
            Inflation inflation = new Inflation(TornInput.every(1 + random.nextInt(40), spoiled), new DeflatePool());
            long all = 0;
            try {
                for (int count = inflation.read(target); count >= 0; count = inflation.read(target)) {
                    all += count;
                    inflation.park();
                }
            } catch (ClientGone refused) {
                assertThat(refused.reason()).isEqualTo(ClientGone.Reason.COMPRESSION);
            }
            assertThat(all).as("seed %d, round %d", Seeds.seed(), round).isLessThan(1032L * spoiled.length);
            inflation.release();
        }
    }

    @Test
    void endlessSilenceEndsTheSession() throws Exception {
        byte[] empty = new byte[1 << 20];
        for (int i = 0; i < empty.length; i += 5) {
            int left = Math.min(5, empty.length - i);
            System.arraycopy(new byte[] {0, 0, 0, -1, -1}, 0, empty, i, left);
        }
        try (WireClient client = plain(false)) {
            client.line("COMPRESS").expect("OK");
            try {
                client.send(empty);
            } catch (java.io.IOException refused) {
                assertThat(refused).isNotNull(); // thrown out while we sent
            }
            assertThat(client.atEnd()).isTrue();
        }
        Waiting.until(() -> !server.gone.isEmpty());
        assertThat(server.gone.remove()).hasMessage("compressed data without content");
    }
}
