package palomar.storage;

import java.time.Instant;
import palomar.bytes.ByteSource;
import palomar.mail.MessageGuid;
import palomar.message.Digest;

/// Reads rows of one mailbox, one at a time, without an object a message. One thread; close it.
///
/// A row stays readable after it was expunged as long as the store still has it ([#expunged()] says so), so that a
/// session whose view is older can be served as RFC 2180 4.1 recommends. Flags and mod-sequence of one row are
/// always of one moment; different rows may be of different moments.
public interface MessageCursor extends AutoCloseable {

    /// Moves to a UID; false when there is no such row (any more). Ascending calls are cheapest.
    boolean seek(long uid);

    long uid();

    /// True when the row is only kept for those who have not heard of its end.
    boolean expunged();

    /// Bits of [palomar.mail.SystemFlags].
    int systemFlags();

    /// Bit i stands for [Mailbox#keywords()] i.
    long keywordBits();

    long modSeq();

    /// RFC822.SIZE in bytes: exactly what [#content()] has.
    long size();

    Instant internalDate();

    /// The same in seconds since 1970, without an object.
    default long internalSeconds() {
        return internalDate().getEpochSecond();
    }

    /// When it came into this mailbox. RFC 8514
    Instant savedDate();

    MessageGuid guid();

    /// Header data and structure, known since delivery; valid until the next move of this cursor.
    ///
    /// Throws MailException CORRUPTION.
    Digest digest();

    /// The message. Opens nothing yet; stays readable after this cursor moves or closes, for as long as the
    /// mailbox is open. Reading damaged data throws an IOException before any wrong byte is given out.
    ByteSource content();

    @Override
    void close();
}
