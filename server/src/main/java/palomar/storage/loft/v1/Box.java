package palomar.storage.loft.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.mail.UidSet;
import palomar.storage.Mailbox;
import palomar.storage.MailboxStatus;
import palomar.storage.NamedValues;

/// What the catalog knows of a mailbox, in memory for as long as the store is open: STATUS and LIST need no more.
///
/// Two sets of numbers: what was *given out* to records on their way into the log (next UID, mod-sequence, keyword
/// places; guarded by the shard's sequencer lock), and what is *in force* because its record was applied (guarded
/// by this object's monitor). A record that fails leaves a hole in the first and nothing in the second.
final class Box {
    /// More mod-sequences than a mailbox can use in the second that a power cut may lose.
    private static final long LEAP = 1L << 20;

    final long id;
    final String user;
    final long uidValidity;
    private volatile MailboxName name;
    private volatile Set<SpecialUse> uses;
    private volatile NamedValues values = NamedValues.NONE;

    /// So many new rows weigh as much as a frame outside the index file: their digests are not in windows either.
    private static final int ROWS_PER_FRAME = 8;

    private static final int FEW_ROWS = 64;

    // Given out; the sequencer lock guards these.
    private long uidToGive;
    private long modSeqGiven;
    private boolean ending;

    /// Replaced as a whole under the sequencer lock; read by anyone.
    private volatile List<String> keywords;

    // In force; the monitor guards these.
    private long uidNext;
    private long highestModSeq;
    private Counters counters = Counters.ZERO;

    /// The first UID that nobody has claimed as `\Recent`, and how many messages there are from it on.
    private long recent;

    private long fresh;
    private long historyFrom;
    private volatile int keywordsInLog;
    private volatile boolean deleted;
    private @Nullable LoadedBox loaded;

    /// None when no message has any.
    private @Nullable Notes notes;

    /// Frames that the index file does not contain, and the position up to which it does.
    private final LsnList unindexed = new LsnList();

    private long indexLsn;

    /// Bodies that were brought into the log for another mailbox lie between these.
    private long foreignFrom = Long.MAX_VALUE;

    private long foreignTo;
    private boolean indexing;

    /// New rows since the index file was last looked after, about.
    private int unindexedRows;
    private int indexAgainAt;

    /// @param user the catalog's own string of the user's name
    /// @param name likewise of the mailbox's
    Box(LogRecord.BoxState state, String user, MailboxName name) {
        this.id = state.box();
        this.user = user;
        this.name = name;
        this.uses = state.uses();
        this.uidValidity = state.uidValidity();
        this.uidNext = state.uidNext();
        this.highestModSeq = state.highestModSeq();
        this.recent = state.recent();
        this.historyFrom = state.historyFrom();
        this.keywords = state.keywords();
        this.keywordsInLog = state.keywords().size();
    }

    MailboxName name() {
        return name;
    }

    Set<SpecialUse> uses() {
        return uses;
    }

    NamedValues values() {
        return values;
    }

    boolean deleted() {
        return deleted;
    }

    List<String> keywords() {
        return keywords;
    }

    int keywordsInLog() {
        return keywordsInLog;
    }

    /// Keywords that no record in the log defines yet: the next record that may use them has to.
    List<String> keywordsToLog() {
        List<String> table = keywords;
        return table.subList(Math.min(keywordsInLog, table.size()), table.size());
    }

    // ---- under the sequencer lock

    /// True once a record that ends this mailbox is on its way.
    boolean ending() {
        return ending;
    }

    void ending(boolean now) {
        ending = now;
    }

    void requireThere() {
        if (ending || deleted) {
            throw gone();
        }
    }

    void requireNotDeleted() {
        if (deleted) {
            throw gone();
        }
    }

    static MailException gone() {
        return new MailException(MailError.NOT_FOUND, "mailbox does not exist");
    }

    /// The first of `count` new UIDs.
    synchronized long giveUids(int count) {
        uidToGive = Math.max(uidToGive, uidNext);
        if (uidToGive + count - 1 >= UidSet.MAX_UID) {
            throw new MailException(MailError.LIMIT, "mailbox has no UIDs left");
        }
        long first = uidToGive;
        uidToGive += count;
        return first;
    }

    synchronized long giveModSeq() {
        modSeqGiven = Math.max(modSeqGiven, highestModSeq);
        if (modSeqGiven >= Row.MAX_MOD_SEQ) {
            throw new MailException(MailError.LIMIT, "mailbox has no mod-sequences left");
        }
        return ++modSeqGiven;
    }

    /// Bits of the named keywords; unknown ones get places in the table when `create`, or are passed over.
    long keywordBits(List<String> named, boolean create) {
        if (create) {
            keywords = tableWith(named);
        }
        return bits(keywords, named);
    }

    /// The bits that [#keywordBits] would create, without any being created.
    long keywordBitsToCome(List<String> named) {
        return bits(tableWith(named), named);
    }

    private List<String> tableWith(List<String> named) {
        List<String> table = keywords;
        for (String keyword : named) {
            if (place(table, keyword) < 0) {
                if (table.size() == Mailbox.MAX_KEYWORDS) {
                    throw new MailException(
                            MailError.LIMIT, "more than " + Mailbox.MAX_KEYWORDS + " keywords in one mailbox");
                }
                List<String> more = new ArrayList<>(table);
                more.add(keyword);
                table = List.copyOf(more);
            }
        }
        return table;
    }

    private static long bits(List<String> table, List<String> named) {
        long bits = 0;
        for (String keyword : named) {
            int place = place(table, keyword);
            if (place >= 0) {
                bits |= 1L << place;
            }
        }
        return bits;
    }

    private static int place(List<String> table, String keyword) {
        for (int i = 0; i < table.size(); i++) {
            if (table.get(i).equalsIgnoreCase(keyword)) {
                return i;
            }
        }
        return -1;
    }

    // ---- under the monitor

    synchronized MailboxStatus status() {
        return new MailboxStatus(
                counters.messages(),
                fresh,
                counters.unseen(),
                counters.deleted(),
                counters.deletedBytes(),
                counters.bytes(),
                uidNext,
                uidValidity,
                highestModSeq);
    }

    /// Annotations of a message.
    synchronized NamedValues annotations(long uid) {
        return notes == null ? NamedValues.NONE : notes.of(uid);
    }

    /// Messages with annotations.
    synchronized UidSet annotated() {
        return notes == null ? UidSet.EMPTY : notes.uids();
    }

    synchronized boolean hasAnnotations() {
        return notes != null;
    }

    /// Bytes of all annotations, names and values.
    synchronized long annotationSize() {
        return notes == null ? 0 : notes.bytes();
    }

    /// Bytes that count for the quota.
    synchronized long annotationBytes() {
        return values.annotationBytes() + (notes == null ? 0 : notes.annotationBytes());
    }

    synchronized long annotationBytes(UidSet uids) {
        return notes == null ? 0 : notes.annotationBytes(uids);
    }

    synchronized long highestModSeq() {
        return highestModSeq;
    }

    synchronized long uidNext() {
        return uidNext;
    }

    synchronized Counters counters() {
        return counters;
    }

    synchronized long historyFrom() {
        return historyFrom;
    }

    /// The mark of `\Recent`; with `claim` it moves behind the newest message.
    synchronized long recentFrom(boolean claim) {
        long from = recent;
        if (claim) {
            claimed(uidNext);
        }
        return from;
    }

    synchronized long recentMark() {
        return recent;
    }

    synchronized @Nullable LoadedBox loaded() {
        return loaded;
    }

    synchronized void loaded(@Nullable LoadedBox rows) {
        loaded = rows;
    }

    synchronized long[] unindexedNow() {
        return unindexed.toArray();
    }

    /// The newest frame that the index file does not contain; 0 when it contains all.
    synchronized long lastUnindexed() {
        return unindexed.last();
    }

    synchronized int unindexedCount() {
        return unindexed.count();
    }

    synchronized long indexLsn() {
        return indexLsn;
    }

    synchronized void indexed(long lsn) {
        indexLsn = lsn;
        unindexed.dropThrough(lsn);
    }

    /// True when this mailbox may have bodies there that other mailboxes brought into the log.
    synchronized boolean mayHaveForeign(long from, long to) {
        return foreignFrom < to && foreignTo >= from;
    }

    /// Compaction: what these frames said was written again, later in the log.
    synchronized void forget(long from, long to) {
        unindexed.drop(from, to);
    }

    /// True once when so much has gathered that the index file should be brought up to date, or removed.
    synchronized boolean wantsIndex(int most) {
        boolean many = unindexed.count() > most || unindexedRows > ROWS_PER_FRAME * most;
        boolean wants = !indexing && (deleted ? indexLsn > 0 : many && unindexed.count() > indexAgainAt);
        indexing |= wants;
        return wants;
    }

    /// True when the frames outside the index file have more rows than are read in no time.
    synchronized boolean wantsIndexBeforeEnd() {
        boolean wants = !indexing && !deleted && unindexedRows > FEW_ROWS;
        indexing |= wants;
        return wants;
    }

    /// The file was written, or could not be; then it is tried when as much again has gathered.
    synchronized void indexDone() {
        indexing = false;
        indexAgainAt = 2 * unindexed.count();
        unindexedRows = 0;
    }

    /// For the catalog image: all that is in force.
    synchronized void pack(Packer to) {
        RecordCodec.boxState(state(0), to.number(id));
        counters.pack(to);
        to.number(fresh).number(indexLsn).number(foreignFrom).number(foreignTo);
        unindexed.pack(to);
        ValueChange.all(values).pack(to);
    }

    /// For the catalog image, when there are any.
    synchronized void packNotes(Packer to) {
        Map<Long, NamedValues> all = notes == null ? Map.of() : notes.all();
        to.number(id).number(all.size());
        all.forEach((uid, each) -> ValueChange.all(each).pack(to.number(uid)));
    }

    synchronized void unpackNotes(Unpacker from) {
        for (int rest = from.count(Integer.MAX_VALUE); rest > 0; rest--) {
            long uid = from.number();
            notes().put(uid, ValueChange.unpack(from).applyTo(NamedValues.NONE));
        }
        trimNotes();
    }

    static Box unpack(String user, Names names, Unpacker from) {
        LogRecord.BoxState state = RecordCodec.boxState(from.number(), user, from);
        Box box = new Box(state, user, names.of(state.name()));
        synchronized (box) {
            box.counters = Counters.unpack(from);
            box.fresh = from.number();
            box.indexLsn = from.number();
            box.foreignFrom = from.number();
            box.foreignTo = from.number();
            box.unindexed.unpack(from);
            box.values = ValueChange.unpack(from).applyTo(NamedValues.NONE);
        }
        return box;
    }

    /// All that a log needs to know of this mailbox to begin with.
    ///
    /// @param forgotten expunges up to this mod-sequence will not be in the log any more
    synchronized LogRecord.BoxState state(long forgotten) {
        return state(forgotten, uses);
    }

    synchronized LogRecord.BoxState state(long forgotten, Set<SpecialUse> uses) {
        return new LogRecord.BoxState(
                id,
                user,
                name,
                uses,
                uidValidity,
                uidNext,
                highestModSeq,
                recent,
                Math.max(historyFrom, forgotten),
                List.copyOf(keywords.subList(0, keywordsInLog)));
    }

    /// After a crash: flag changes that were acknowledged but not yet synced may be lost, and with them
    /// mod-sequences that clients have seen. None of those may be given again.
    synchronized void leap() {
        highestModSeq = Math.min(Row.MAX_MOD_SEQ, highestModSeq + LEAP);
    }

    // ---- applying records, in log order, by the committer or by replay; all under the monitor

    synchronized void apply(LogRecord.Added r, long lsn) {
        learn(r.keywordsFrom(), r.keywords());
        unindexed.add(lsn);
        highestModSeq = Math.max(highestModSeq, r.modSeq());
        long[] words = r.words();
        if (words.length > 0) {
            uidNext = Math.max(uidNext, Row.uid(words, words.length - Row.WORDS) + 1);
        }
        if (r.foreign()) {
            foreign(words);
        }
        unindexedRows += r.rows();
        if (!r.again()) {
            counters = counters.plus(Rows.count(words));
            fresh += r.rows();
        }
        if (loaded != null) {
            loaded.apply(r);
        }
    }

    /// Remembers between which places bodies lie that this mailbox did not bring into the log itself.
    private void foreign(long[] words) {
        for (int at = 0; at < words.length; at += Row.WORDS) {
            long first =
                    Row.head(words, at) == 0 ? Row.body(words, at) : Math.min(Row.body(words, at), Row.head(words, at));
            foreignFrom = Math.min(foreignFrom, first);
            foreignTo = Math.max(foreignTo, Math.max(Row.body(words, at), Row.head(words, at)));
        }
    }

    synchronized void apply(LogRecord.FlagsChanged r, long lsn) {
        learn(r.keywordsFrom(), r.keywords());
        unindexed.add(lsn);
        highestModSeq = Math.max(highestModSeq, r.modSeq());
        counters = counters.plus(r.change());
        if (loaded != null) {
            loaded.apply(r);
        }
    }

    synchronized void apply(LogRecord.Expunged r, long lsn) {
        unindexed.add(lsn);
        highestModSeq = Math.max(highestModSeq, r.modSeq());
        if (!r.again()) {
            counters = counters.plus(r.change());
            fresh -= count(r.uids(), recent);
        }
        if (notes != null) {
            notes.drop(r.uids());
            trimNotes();
        }
        if (loaded != null) {
            loaded.apply(r);
        }
    }

    synchronized void apply(LogRecord.Annotated r, long lsn) {
        unindexed.add(lsn);
        highestModSeq = Math.max(highestModSeq, r.modSeq());
        notes().apply(r);
        trimNotes();
        if (loaded != null) {
            loaded.apply(r);
        }
    }

    private Notes notes() {
        Notes there = notes;
        if (there == null) {
            there = new Notes();
            notes = there;
        }
        return there;
    }

    private void trimNotes() {
        if (notes != null && notes.isEmpty()) {
            notes = null;
        }
    }

    private static long count(UidSet uids, long from) {
        long count = 0;
        for (int run = uids.runAtOrAfter(from); run < uids.runs(); run++) {
            count += uids.last(run) - Math.max(from, uids.first(run)) + 1;
        }
        return count;
    }

    /// From compaction: nothing new while the store runs, everything when the log is all there is. Or other uses.
    ///
    /// @return true when the uses are others now
    synchronized boolean apply(LogRecord.BoxState r) {
        learn(0, r.keywords());
        uidNext = Math.max(uidNext, r.uidNext());
        highestModSeq = Math.max(highestModSeq, r.highestModSeq());
        recent = Math.max(recent, r.recent());
        historyFrom = Math.max(historyFrom, r.historyFrom());
        boolean others = !uses.equals(r.uses());
        uses = r.uses();
        return others;
    }

    synchronized void apply(LogRecord.BoxValues r) {
        values = r.change().applyTo(values);
    }

    synchronized void apply(LogRecord.RecentClaimed r) {
        claimed(r.uid());
    }

    private void claimed(long uid) {
        if (uid > recent) {
            recent = uid;
            fresh = Math.min(fresh, uidNext - uid);
        }
    }

    synchronized void renamed(MailboxName to) {
        name = to;
    }

    synchronized void deletedNow() {
        deleted = true;
    }

    /// Only for rebuilding: counters from the rows themselves.
    synchronized void recount(LoadedBox rows) {
        counters = rows.recount();
        fresh = rows.liveFrom(recent);
    }

    /// Only for rebuilding: annotations of messages that are not there, since some record was lost, go.
    synchronized void dropNotesWithout(LoadedBox rows) {
        if (notes != null) {
            notes.drop(notes.uids().minus(rows.view().uids()));
            trimNotes();
        }
    }

    private void learn(int from, List<String> defined) {
        if (defined.isEmpty()) {
            return;
        }
        if (keywords.size() < from + defined.size()) {
            List<String> more = new ArrayList<>(keywords);
            while (more.size() < from) {
                // The record that named it is damaged or gone; its place must stay taken.
                more.add("lost-keyword-" + more.size());
            }
            more.addAll(defined.subList(more.size() - from, defined.size()));
            keywords = List.copyOf(more);
        }
        keywordsInLog = Math.max(keywordsInLog, from + defined.size());
    }

    @Override
    public String toString() {
        return user + ":" + name + " (M" + Long.toHexString(id) + ")";
    }
}
