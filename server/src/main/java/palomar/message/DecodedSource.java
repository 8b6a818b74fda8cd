package palomar.message;

import java.io.IOException;
import java.io.InputStream;
import palomar.bytes.ByteSource;

/// Content without its transfer encoding. The size is found by one pass when the source is made; each reading
/// decodes again from the start. Immutable.
record DecodedSource(ByteSource encoded, String encoding, long size) implements ByteSource {

    static DecodedSource of(ByteSource encoded, String encoding) throws IOException {
        long size = 0;
        try (DecodingStream in = new DecodingStream(encoded.open(), TransferDecoder.of(encoding), Long.MAX_VALUE)) {
            for (long skipped = in.skip(Long.MAX_VALUE); skipped > 0; skipped = in.skip(Long.MAX_VALUE)) {
                size += skipped;
            }
        }
        return new DecodedSource(encoded, encoding, size);
    }

    @Override
    public InputStream open(long from, long count) throws IOException {
        long start = Math.clamp(from, 0, size);
        long taken = Math.clamp(count, 0, size - start);
        DecodingStream in = new DecodingStream(encoded.open(), TransferDecoder.of(encoding), start + taken);
        in.skipNBytes(start);
        return in;
    }
}
