package palomar.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;
import palomar.bytes.MemoryOutput;
import palomar.testkit.Seeds;

class BodyCodecTest {
    private final RandomGenerator random = Seeds.random("codec");

    private static BodyTable table(EncodedBody body) {
        BodyTable table = BodyTable.parse(ByteBuffer.wrap(body.table()), body.storedLength());
        assertThat(table).isNotNull();
        return table;
    }

    private byte[] noise(int size) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        return content;
    }

    @Test
    void textShrinksAndNoiseStaysAsItIs() {
        BodyCodec codec = new BodyCodec(Compression.ALWAYS);
        byte[] text = "Received: from mx.example.org by mail.example.net; "
                .repeat(200)
                .getBytes(StandardCharsets.US_ASCII);
        EncodedBody shrunk = codec.encode(text);
        assertThat(shrunk.storedLength()).isLessThan(text.length / 4);
        assertThat(table(shrunk).plain(0)).isFalse();
        EncodedBody kept = codec.encode(noise(5000));
        assertThat(kept.storedLength()).isEqualTo(16 + 8 + 5000);
        assertThat(table(kept).plain(0)).isTrue();
    }

    @Test
    void shortContentsAndThoseOfASettingThatSaysSoAreNotCompressed() {
        assertThat(table(new BodyCodec(Compression.ALWAYS).encode(new byte[1023]))
                        .plain(0))
                .isTrue();
        assertThat(table(new BodyCodec(Compression.ALWAYS).encode(new byte[1024]))
                        .plain(0))
                .isFalse();
        assertThat(table(new BodyCodec(Compression.NEVER).encode(new byte[5000]))
                        .plain(0))
                .isTrue();
    }

    @Test
    void blocksAreJudgedOneByOne() {
        byte[] content = new byte[3 * 128 * 1024 + 10];
        System.arraycopy(noise(128 * 1024), 0, content, 128 * 1024, 128 * 1024);
        BodyTable table = table(new BodyCodec(Compression.ALWAYS).encode(content));
        assertThat(table.blocks()).isEqualTo(4);
        assertThat(table.plain(0)).isFalse();
        assertThat(table.plain(1)).isTrue();
        assertThat(table.plain(2)).isFalse();
        assertThat(table.plain(3)).isTrue();
        assertThat(table.rawLength(3)).isEqualTo(10);
    }

    @Test
    void anEncoderThatIsFedInPiecesMakesTheSameBody() throws IOException {
        byte[] content = noise(500_000);
        Arrays.fill(content, 100_000, 300_000, (byte) 'x');
        EncodedBody whole = new BodyCodec(Compression.ALWAYS).encode(content);
        MemoryOutput blocks = new MemoryOutput();
        BodyEncoder encoder = new BodyEncoder(Compression.ALWAYS, blocks);
        for (int at = 0; at < content.length; ) {
            int count = Math.min(content.length - at, 1 + random.nextInt(70_000));
            encoder.write(content, at, count);
            at += count;
        }
        encoder.flushBlock();
        EncodedBody pieces = encoder.finish(ByteSource.of(blocks.toByteArray()));
        assertThat(pieces.table()).isEqualTo(whole.table());
        assertThat(pieces.blocks().bytes()).isEqualTo(whole.blocks().bytes());
        assertThat(pieces.rawLength()).isEqualTo(content.length);
        assertThatThrownBy(() -> encoder.finish(ByteSource.of(new byte[3])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTableThatContradictsItselfIsRefused() {
        EncodedBody body = new BodyCodec(Compression.NEVER).encode(new byte[200_000]);
        assertThat(BodyTable.parse(ByteBuffer.wrap(body.table()), body.storedLength() + 1))
                .isNull();
        for (int at : new int[] {0, 4, 8, 15, 16, 24}) {
            byte[] bad = body.table().clone();
            bad[at] ^= 1;
            ByteBuffer table = ByteBuffer.wrap(bad);
            int size = BodyTable.size(table.order(ByteOrder.LITTLE_ENDIAN), 0, body.storedLength());
            if (size == bad.length) {
                assertThat(BodyTable.parse(table, body.storedLength()))
                        .as("byte %d", at)
                        .isNull();
            }
        }
    }
}
