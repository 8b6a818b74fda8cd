package palomar.storage.loft.v1;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.NamedValues;

/// Works out, on rows as they are now, what a change will do to them, so that its record can say it in facts.
/// The caller holds the mailbox's flag order, which keeps flags as they are until the record is applied.
final class Plans {
    private Plans() {}

    /// @param changed whose flags will differ
    /// @param refused whose mod-sequence is above UNCHANGEDSINCE
    /// @param delta what that does to the counters
    record Flagging(UidSet changed, UidSet refused, Counters delta) {}

    /// @param uids that will be gone
    /// @param delta what that does to the counters
    /// @param freed pairs for [LogRecord.Expunged]
    record Removal(UidSet uids, Counters delta, long[] freed) {}

    /// @param changed whose annotations will differ
    /// @param refused whose mod-sequence is above UNCHANGEDSINCE
    record Annotating(UidSet changed, UidSet refused) {}

    /// Throws MailException LIMIT.
    static Annotating annotations(
            LoadedBox loaded, UidSet uids, Map<String, Optional<byte[]>> changes, long unchangedSince) {
        UidSet.Builder changed = new UidSet.Builder();
        UidSet.Builder refused = new UidSet.Builder();
        long limit = unchangedSince < 0 ? Long.MAX_VALUE : unchangedSince;
        long more = 0;
        synchronized (loaded.box) {
            Rows rows = loaded.rows();
            for (int run = 0; run < uids.runs(); run++) {
                long last = uids.last(run);
                for (int row = rows.atOrAfter(uids.first(run)); row < rows.count(); row++) {
                    long[] words = rows.words(row);
                    int at = Rows.offset(row);
                    long uid = Row.uid(words, at);
                    if (uid > last) {
                        break;
                    }
                    if (Row.expunged(words, at)) {
                        continue;
                    }
                    if (Row.modSeq(words, at) > limit) {
                        refused.add(uid);
                        continue;
                    }
                    NamedValues before = loaded.box.annotations(uid);
                    Map<String, Optional<byte[]>> different = before.different(changes);
                    if (!different.isEmpty()) {
                        more += before.with(different).bytes() - before.bytes();
                        changed.add(uid);
                    }
                }
            }
            Notes.requireRoom(loaded.box.annotationSize(), more);
        }
        return new Annotating(changed.build(), refused.build());
    }

    static Flagging flags(LoadedBox loaded, UidSet uids, FlagChange change, long named, long unchangedSince) {
        UidSet.Builder changed = new UidSet.Builder();
        UidSet.Builder refused = new UidSet.Builder();
        long limit = unchangedSince < 0 ? Long.MAX_VALUE : unchangedSince;
        long unseen = 0;
        long deleted = 0;
        long deletedBytes = 0;
        synchronized (loaded.box) {
            Rows rows = loaded.rows();
            for (int run = 0; run < uids.runs(); run++) {
                long last = uids.last(run);
                for (int row = rows.atOrAfter(uids.first(run)); row < rows.count(); row++) {
                    long[] words = rows.words(row);
                    int at = Rows.offset(row);
                    long uid = Row.uid(words, at);
                    if (uid > last) {
                        break;
                    }
                    if (Row.expunged(words, at)) {
                        continue;
                    }
                    if (Row.modSeq(words, at) > limit) {
                        refused.add(uid);
                        continue;
                    }
                    int before = Row.system(words, at);
                    int after = change.applySystem(before);
                    if (after == before
                            && change.applyKeywords(Row.keywords(words, at), named) == Row.keywords(words, at)) {
                        continue;
                    }
                    changed.add(uid);
                    unseen += (before & SystemFlags.SEEN) - (after & SystemFlags.SEEN);
                    int turned = (after & SystemFlags.DELETED) - (before & SystemFlags.DELETED);
                    if (turned != 0) {
                        deleted += turned > 0 ? 1 : -1;
                        deletedBytes += turned > 0 ? Row.size(words, at) : -Row.size(words, at);
                    }
                }
            }
        }
        return new Flagging(changed.build(), refused.build(), new Counters(0, unseen, deleted, deletedBytes, 0));
    }

    /// Those of `uids` that exist and, when `onlyDeleted`, have `\Deleted`.
    static Removal removal(LoadedBox loaded, UidSet uids, boolean onlyDeleted) {
        UidSet.Builder gone = new UidSet.Builder();
        Freed freed = new Freed();
        long messages = 0;
        long unseen = 0;
        long deleted = 0;
        long deletedBytes = 0;
        long bytes = 0;
        synchronized (loaded.box) {
            Rows rows = loaded.rows();
            for (int run = 0; run < uids.runs(); run++) {
                long last = uids.last(run);
                for (int row = rows.atOrAfter(uids.first(run)); row < rows.count(); row++) {
                    long[] words = rows.words(row);
                    int at = Rows.offset(row);
                    if (Row.uid(words, at) > last) {
                        break;
                    }
                    boolean marked = (Row.system(words, at) & SystemFlags.DELETED) != 0;
                    if (Row.expunged(words, at) || onlyDeleted && !marked) {
                        continue;
                    }
                    gone.add(Row.uid(words, at));
                    freed.add(Row.body(words, at), Row.weight(words, at));
                    messages--;
                    bytes -= Row.size(words, at);
                    unseen -= ~Row.system(words, at) & SystemFlags.SEEN;
                    if (marked) {
                        deleted--;
                        deletedBytes -= Row.size(words, at);
                    }
                }
            }
        }
        return new Removal(gone.build(), new Counters(messages, unseen, deleted, deletedBytes, bytes), freed.toPairs());
    }

    /// The words of the living rows among `uids`, in UID order.
    static long[] rows(LoadedBox loaded, UidSet uids) {
        synchronized (loaded.box) {
            Rows rows = loaded.rows();
            long[] found = new long[(int) Math.min(rows.live(), uids.size()) * Row.WORDS];
            int used = 0;
            for (int run = 0; run < uids.runs(); run++) {
                long last = uids.last(run);
                for (int row = rows.atOrAfter(uids.first(run)); row < rows.count(); row++) {
                    long[] words = rows.words(row);
                    int at = Rows.offset(row);
                    if (Row.uid(words, at) > last) {
                        break;
                    }
                    if (!Row.expunged(words, at)) {
                        System.arraycopy(words, at, found, used, Row.WORDS);
                        used += Row.WORDS;
                    }
                }
            }
            return used == found.length ? found : Arrays.copyOf(found, used);
        }
    }

    /// Living messages whose mod-sequence is above `modSeq`.
    static UidSet changedSince(LoadedBox loaded, long modSeq) {
        UidSet.Builder changed = new UidSet.Builder();
        synchronized (loaded.box) {
            if (loaded.box.highestModSeq() <= modSeq) {
                return UidSet.EMPTY;
            }
            RecentChanges recent = loaded.recentChanges();
            if (recent.reachBackTo(modSeq)) {
                recent.visit(modSeq, (first, last) -> addChanged(loaded.rows(), first, last, modSeq, changed));
            } else {
                addChanged(loaded.rows(), 1, UidSet.MAX_UID, modSeq, changed);
            }
        }
        return changed.build();
    }

    private static void addChanged(Rows rows, long first, long last, long modSeq, UidSet.Builder changed) {
        for (int row = rows.atOrAfter(first); row < rows.count(); row++) {
            long[] words = rows.words(row);
            int at = Rows.offset(row);
            if (Row.uid(words, at) > last) {
                return;
            }
            if (Row.modSeq(words, at) > modSeq && !Row.expunged(words, at)) {
                changed.add(Row.uid(words, at));
            }
        }
    }
}
