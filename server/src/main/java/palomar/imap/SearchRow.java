package palomar.imap;

import org.jspecify.annotations.Nullable;
import palomar.message.Digest;
import palomar.storage.MessageCursor;

/// The message that a search looks at now. One thread.
final class SearchRow {
    private final @Nullable MessageCursor cursor;
    private @Nullable Digest digest;
    private long uid;

    /// @param cursor null when numbers alone decide
    SearchRow(@Nullable MessageCursor cursor) {
        this.cursor = cursor;
    }

    /// False when the message is gone and nothing can be said of it.
    boolean moveTo(long next) {
        uid = next;
        digest = null;
        return cursor == null || cursor.seek(next);
    }

    long uid() {
        return uid;
    }

    MessageCursor cursor() {
        if (cursor == null) {
            throw new IllegalStateException("a condition of cost NUMBER reads a row");
        }
        return cursor;
    }

    Digest digest() {
        Digest known = digest;
        if (known == null) {
            known = cursor().digest();
            digest = known;
        }
        return known;
    }
}
