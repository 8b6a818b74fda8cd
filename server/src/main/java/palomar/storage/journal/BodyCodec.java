package palomar.storage.journal;

import java.io.IOException;
import java.io.OutputStream;
import palomar.bytes.ByteSource;
import palomar.bytes.MemoryOutput;

/// Makes stored bodies of whole contents. For content that is still arriving see [BodyEncoder]. Safe for many
/// threads.
///
/// @param compression what to do with blocks that can be compressed
public record BodyCodec(Compression compression) {

    /// Encodes in memory: for contents that fit there.
    public EncodedBody encode(byte[] content) {
        MemoryOutput blocks = new MemoryOutput(content.length / 2 + 64);
        BodyEncoder encoder = new BodyEncoder(compression, blocks);
        try {
            encoder.write(content, 0, content.length);
            encoder.flushBlock();
            return encoder.finish(ByteSource.of(blocks.array(), 0, blocks.size()));
        } catch (IOException e) {
            throw new IllegalStateException("memory refused a write", e);
        }
    }

    /// Checksums a content of any size where it is, without compressing or copying it; it is read again when the
    /// group is committed, so it must stay as it is until then.
    public static EncodedBody asItIs(ByteSource content) throws IOException {
        BodyEncoder encoder = new BodyEncoder(Compression.NEVER, OutputStream.nullOutputStream());
        content.writeTo(encoder, 0, content.size());
        return encoder.finish(content);
    }
}
