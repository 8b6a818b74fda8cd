package palomar.storage.loft.v1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import palomar.bytes.ByteSource;
import palomar.storage.StagedMessage;
import palomar.storage.journal.BodyCodec;
import palomar.storage.journal.EncodedBody;

/// A staged message's bytes together with the form in which the log will take them: checksums were made while the
/// bytes passed. Immutable.
final class StagedContent implements ByteSource {
    private final ByteSource raw;
    private final EncodedBody encoded;

    StagedContent(ByteSource raw, EncodedBody encoded) {
        this.raw = raw;
        this.encoded = encoded;
    }

    /// The stored form of any staged message; one from another store's staging is read for it.
    static EncodedBody encoded(StagedMessage message) {
        if (message.content() instanceof StagedContent ours) {
            return ours.encoded;
        }
        try {
            return BodyCodec.asItIs(message.content());
        } catch (IOException e) {
            throw Failures.refusal(e);
        }
    }

    @Override
    public long size() {
        return raw.size();
    }

    @Override
    public InputStream open(long from, long count) throws IOException {
        return raw.open(from, count);
    }

    @Override
    public void writeTo(OutputStream out, long from, long count) throws IOException {
        raw.writeTo(out, from, count);
    }
}
