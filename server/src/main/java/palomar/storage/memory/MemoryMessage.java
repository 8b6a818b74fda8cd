package palomar.storage.memory;

import java.time.Instant;
import palomar.bytes.ByteSource;
import palomar.mail.MessageGuid;
import palomar.storage.NamedValues;

/// One message; its flags change under the store's lock.
final class MemoryMessage {
    final long uid;
    final ByteSource content;
    final byte[] digest;
    final int headLength;
    final MessageGuid guid;
    final Instant internalDate;
    final Instant savedDate;
    int systemFlags;
    long keywordBits;
    long modSeq;
    boolean expunged;
    NamedValues annotations = NamedValues.NONE;

    MemoryMessage(
            long uid,
            ByteSource content,
            byte[] digest,
            int headLength,
            MessageGuid guid,
            Instant internalDate,
            Instant savedDate) {
        this.uid = uid;
        this.content = content;
        this.digest = digest;
        this.headLength = headLength;
        this.guid = guid;
        this.internalDate = internalDate;
        this.savedDate = savedDate;
    }

    MemoryMessage copy(long newUid, Instant now) {
        MemoryMessage copy = new MemoryMessage(newUid, content, digest, headLength, guid, internalDate, now);
        copy.systemFlags = systemFlags;
        return copy;
    }

    boolean has(int systemFlag) {
        return (systemFlags & systemFlag) != 0;
    }
}
