package palomar.storage.loft.v1;

import java.io.IOException;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.message.Digest;
import palomar.message.StoredDigest;
import palomar.storage.journal.SegmentGoneException;

/// Finds digests for one cursor. One thread.
final class DigestReader {
    private final LoadedBox loaded;
    private final Bodies bodies;
    private final StoredDigest digest = new StoredDigest();

    DigestReader(LoadedBox loaded, Bodies bodies) {
        this.loaded = loaded;
        this.bodies = bodies;
    }

    /// The digest of the row in `words`; valid until the next call.
    Digest read(long[] words, int at) {
        try {
            byte[] bytes = bytes(words, at);
            return digest.wrap(bytes, 0, bytes.length, Row.headLength(words, at));
        } catch (IOException e) {
            bodies.report(e, loaded, Row.uid(words, at));
            throw new MailException(MailError.CORRUPTION, "stored data of this message is damaged", e);
        }
    }

    private byte[] bytes(long[] words, int at) throws IOException {
        try {
            return bodies.digest(Row.body(words, at));
        } catch (SegmentGoneException moved) {
            synchronized (loaded.box) {
                int row = loaded.rows().find(Row.uid(words, at));
                if (row < 0) {
                    throw moved;
                }
                return bodies.digest(Row.body(loaded.rows().words(row), Rows.offset(row)));
            }
        }
    }
}
