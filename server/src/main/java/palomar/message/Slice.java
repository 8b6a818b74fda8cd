package palomar.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import palomar.bytes.ByteSource;

/// A stretch of another source. Immutable.
///
/// @param offset where it starts there
/// @param size its length; the stretch lies inside the other source
public record Slice(ByteSource whole, long offset, long size) implements ByteSource {

    @Override
    public InputStream open(long from, long count) throws IOException {
        long start = Math.clamp(from, 0, size);
        return whole.open(offset + start, Math.clamp(count, 0, size - start));
    }

    @Override
    public void writeTo(OutputStream out, long from, long count) throws IOException {
        long start = Math.clamp(from, 0, size);
        whole.writeTo(out, offset + start, Math.clamp(count, 0, size - start));
    }
}
