package palomar.storage.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.mail.MessageGuid;
import palomar.message.Digest;
import palomar.message.StoredDigest;
import palomar.storage.MessageCursor;

/// Reads rows of one [MemoryMailbox]; what it reads of a row is of the moment of [#seek(long)].
final class MemoryCursor implements MessageCursor {
    private final StoredDigest digest = new StoredDigest();
    private final MemoryMailbox mailbox;
    private @Nullable MemoryMessage row;
    private int systemFlags;
    private long keywordBits;
    private long modSeq;
    private boolean expunged;

    MemoryCursor(MemoryMailbox mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public boolean seek(long uid) {
        return mailbox.locked(() -> {
            MemoryMessage found = mailbox.row(uid);
            row = found;
            if (found == null) {
                return false;
            }
            systemFlags = found.systemFlags;
            keywordBits = found.keywordBits;
            modSeq = found.modSeq;
            expunged = found.expunged;
            return true;
        });
    }

    private MemoryMessage row() {
        if (row == null) {
            throw new IllegalStateException("the cursor stands on no row");
        }
        return row;
    }

    @Override
    public long uid() {
        return row().uid;
    }

    @Override
    public boolean expunged() {
        return expunged;
    }

    @Override
    public int systemFlags() {
        return systemFlags;
    }

    @Override
    public long keywordBits() {
        return keywordBits;
    }

    @Override
    public long modSeq() {
        return modSeq;
    }

    @Override
    public long size() {
        return row().content.size();
    }

    @Override
    public Instant internalDate() {
        return row().internalDate;
    }

    @Override
    public Instant savedDate() {
        return row().savedDate;
    }

    @Override
    public MessageGuid guid() {
        return row().guid;
    }

    @Override
    public Digest digest() {
        MemoryMessage current = row();
        return digest.wrap(current.digest, 0, current.digest.length, current.headLength);
    }

    @Override
    public ByteSource content() {
        return row().content;
    }

    @Override
    public void close() {}
}
