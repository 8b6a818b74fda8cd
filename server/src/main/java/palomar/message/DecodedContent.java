package palomar.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import palomar.bytes.ByteSource;

/// The content of a part with its transfer encoding undone, and its charset, when it is text. Nothing is kept in
/// memory beyond a few pieces of it. Immutable.
///
/// @param encoded as it stands in the message
/// @param encoding content transfer encoding, lower case
/// @param charset as named; empty when none is
public record DecodedContent(ByteSource encoded, String encoding, String charset) {

    /// Whether the encoding is one that can be undone; content in others is given as it stands.
    public boolean isKnownEncoding() {
        return TransferDecoder.isKnown(encoding);
    }

    /// The bytes; the caller closes the stream.
    public InputStream open() throws IOException {
        TransferDecoder decoder = TransferDecoder.of(encoding);
        return decoder.isIdentity() ? encoded.open() : new DecodingStream(encoded.open(), decoder, Long.MAX_VALUE);
    }

    /// The same with its size, for which all of it is read once.
    public ByteSource bytes() throws IOException {
        boolean plain = TransferDecoder.of(encoding).isIdentity();
        return plain ? encoded : DecodedSource.of(encoded, encoding);
    }

    /// The text in UTF-8, with U+FFFD for what is malformed; an unknown charset is guessed. The caller closes it.
    public InputStream openText() throws IOException {
        return new Utf8Stream(open(), charset);
    }

    private static final class Utf8Stream extends PieceStream implements TextSink {
        private static final int PIECE = 8 << 10;

        private final InputStream in;
        private final TextDecoder decoder;
        private final byte[] piece = new byte[PIECE];
        private final ByteBuilder text = new ByteBuilder(PIECE);

        Utf8Stream(InputStream in, String charset) {
            super(Long.MAX_VALUE);
            this.in = in;
            this.decoder = new TextDecoder(this, charset);
        }

        @Override
        protected boolean next() throws IOException {
            text.reset();
            int read = in.read(piece);
            if (read < 0) {
                decoder.finish();
            } else {
                decoder.feed(piece, 0, read);
            }
            show(text.array(), 0, text.size());
            return read >= 0;
        }

        @Override
        public byte[] fold(String decoded) {
            return decoded.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean feed(byte[] bytes, int from, int to) {
            text.add(bytes, from, to);
            return false;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
