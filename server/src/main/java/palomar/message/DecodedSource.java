package palomar.message;

import java.io.IOException;
import java.io.InputStream;
import palomar.bytes.ByteSource;

/// Content without its transfer encoding. The layout is found by one pass; each reading starts at the line it
/// wants when base64 is as regular as it usually is, else it decodes from the start. Immutable.
record DecodedSource(ByteSource encoded, String encoding, DecodedLayout layout) implements ByteSource {
    private static final int PIECE = 8 << 10;

    static DecodedSource of(ByteSource encoded, String encoding) throws IOException {
        TransferDecoder decoder = TransferDecoder.of(encoding);
        Base64Lines lines = new Base64Lines();
        byte[] in = new byte[PIECE];
        byte[] out = new byte[PIECE + TransferDecoder.SLACK];
        long size = 0;
        try (InputStream stream = encoded.open()) {
            for (int read = stream.read(in, 0, PIECE); read >= 0; read = stream.read(in, 0, PIECE)) {
                if (decoder instanceof TransferDecoder.Base64) {
                    lines.feed(in, 0, read);
                }
                size += decoder.decode(in, 0, read, out);
            }
        }
        return new DecodedSource(encoded, encoding, lines.layout(size + decoder.finish(out)));
    }

    @Override
    public long size() {
        return layout.size();
    }

    @Override
    public InputStream open(long from, long count) throws IOException {
        long start = Math.clamp(from, 0, size());
        long taken = Math.clamp(count, 0, size() - start);
        long lines = layout.linesBefore(start);
        long skipped = lines * layout.encodedLine();
        long left = start - lines * layout.decodedLine();
        InputStream stream = encoded.open(skipped, encoded.size() - skipped);
        DecodingStream in = new DecodingStream(stream, TransferDecoder.of(encoding), left + taken);
        in.skipNBytes(left);
        return in;
    }
}
