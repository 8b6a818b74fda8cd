package palomar.storage.loft.v1;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MessageGuid;
import palomar.storage.StagedMessage;
import palomar.storage.journal.EncodedBody;
import palomar.storage.journal.FrameHeader;
import palomar.storage.journal.Group;

/// One transaction while it is put together: the frames for the journal, and beside them the records that will be
/// applied when they are in the log. One thread, used once.
///
/// A row names a body or head of its own group by a negative number, -(offset in the group + 1); what is above
/// zero is an LSN.
final class Batch {
    /// Version of all payloads.
    static final int VERSION = 1;

    /// Rows in one ADD frame at most: half a megabyte.
    private static final int ROWS_PER_FRAME = 8192;

    /// Bytes that may stand before a message for one recipient.
    private static final int MAX_HEAD = 8 << 10;

    private static final long MOST_SECONDS = 130_000_000_000L;

    /// Records in log order, each with its frame's offset in the group.
    record Entry(LogRecord record, long offset) {}

    private final Group group = new Group();
    private final List<Entry> entries = new ArrayList<>(4);
    private @Nullable StagedMessage lastBody;
    private long lastPlace;
    private long lastWeight;

    Group group() {
        return group;
    }

    List<Entry> entries() {
        return entries;
    }

    boolean isEmpty() {
        return group.isEmpty();
    }

    void add(LogRecord record) {
        long offset = group.add(RecordCodec.type(record), VERSION, RecordCodec.box(record), RecordCodec.encode(record));
        entries.add(new Entry(record, offset));
    }

    /// Adds a message, its bytes once however many rows in a row share them, and begins its row: all but UID,
    /// saved date, mod-sequence, flags and keywords.
    ///
    /// @param owners how many rows will share the bytes
    void message(long[] words, int at, StagedMessage message, byte[] head, Instant internalDate, int owners) {
        if (head.length > MAX_HEAD || message.size() + head.length > Row.MAX_SIZE) {
            throw new MailException(MailError.LIMIT, "the message is too large");
        }
        if (message != lastBody) {
            EncodedBody encoded = StagedContent.encoded(message);
            lastPlace = body(encoded, message.digest());
            lastWeight = weight(encoded, message.digest());
            lastBody = message;
        }
        long headPlace = head.length == 0 ? 0 : head(head);
        Row.places(words, at, lastPlace, headPlace);
        Row.sizes(words, at, message.size() + head.length, lastWeight / owners);
        Row.dates(words, at, millis(internalDate), head.length);
        MessageGuid guid = message.guid().behind(head);
        Row.guid(words, at, guid.high(), guid.low());
    }

    /// Within what a row can hold: the years 0 to 9999 and a little.
    private static long millis(Instant date) {
        return Math.clamp(date.getEpochSecond(), -MOST_SECONDS, MOST_SECONDS) * 1000 + date.getNano() / 1_000_000;
    }

    /// Adds a body and head of another shard and makes the row name them.
    void carry(Bodies from, long[] words, int at) {
        try {
            EncodedBody encoded = from.encoded(Row.body(words, at));
            byte[] digest = from.digest(Row.body(words, at));
            byte[] head = from.head(Row.head(words, at));
            long place = body(encoded, digest);
            Row.places(words, at, place, head.length == 0 ? 0 : head(head));
            Row.sizes(words, at, Row.size(words, at), weight(encoded, digest));
        } catch (IOException e) {
            throw Failures.refusal(e);
        }
    }

    /// The digest stands directly behind its body: that is where readers look for it.
    long body(EncodedBody encoded, byte[] digest) {
        long offset = group.addBody(RecordCodec.BODY, VERSION, 0, encoded);
        group.add(RecordCodec.DIGEST, VERSION, 0, digest);
        return -(offset + 1);
    }

    /// Bytes of log that a body and its digest take.
    static long weight(EncodedBody encoded, byte[] digest) {
        return FrameHeader.frameLength(encoded.storedLength()) + FrameHeader.frameLength(digest.length);
    }

    /// Adds the bytes that stand before a message for one recipient.
    ///
    /// @return their place, for rows of this batch
    long head(byte[] head) {
        return -(group.add(RecordCodec.HEAD, VERSION, 0, head) + 1);
    }

    /// Adds rows of a mailbox, with the keywords that the log does not know yet. Under the sequencer lock.
    void addRows(Box box, LogRecord.Cause cause, long modSeq, long[] words) {
        addRows(box.id, cause, modSeq, box.keywordsInLog(), box.keywordsToLog(), words);
    }

    void addRows(long box, LogRecord.Cause cause, long modSeq, int keywordsFrom, List<String> keywords, long[] words) {
        int step = ROWS_PER_FRAME * Row.WORDS;
        for (int from = 0; from < words.length; from += step) {
            boolean whole = from == 0 && words.length <= step;
            long[] part = whole ? words : Arrays.copyOfRange(words, from, Math.min(words.length, from + step));
            boolean foreign = backwards(part);
            add(new LogRecord.Added(box, cause, modSeq, keywordsFrom, keywords, foreign, part));
        }
    }

    /// From offsets in the group to distances from the frame that is added next.
    ///
    /// @return true when some body is of an earlier group
    private boolean backwards(long[] words) {
        boolean foreign = false;
        long here = group.nextOffset();
        for (int at = 0; at < words.length; at += Row.WORDS) {
            long body = Row.body(words, at);
            long head = Row.head(words, at);
            foreign |= body > 0;
            Row.places(words, at, body < 0 ? -(here - (-body - 1)) : body, head < 0 ? -(here - (-head - 1)) : head);
        }
        return foreign;
    }

    /// From distances to LSNs, now that the group has a place.
    static void settle(LogRecord record, long lsn) {
        if (record instanceof LogRecord.Added added) {
            long[] words = added.words();
            for (int at = 0; at < words.length; at += Row.WORDS) {
                long body = Row.body(words, at);
                long head = Row.head(words, at);
                Row.places(words, at, body < 0 ? lsn + body : body, head < 0 ? lsn + head : head);
            }
        }
    }
}
