package palomar.imap;

import java.io.IOException;
import java.util.PrimitiveIterator;
import palomar.imap.proto.SearchKey;
import palomar.mail.UidSet;
import palomar.storage.MessageCursor;

/// Runs one search over a session's view. RFC 9051 6.4.4
final class SearchRun {
    /// Which matches are wanted; knowing that one is enough saves reading the rest.
    enum Wanted {
        ALL,
        FIRST,
        LAST
    }

    /// @param uids what matched
    /// @param firstModSeq the mod-sequence of the first match; 0 when none, or when no row was read
    /// @param lastModSeq that of the last match, likewise
    /// @param highestModSeq the highest among the matches, likewise
    record Result(UidSet uids, long firstModSeq, long lastModSeq, long highestModSeq) {}

    private SearchRun() {}

    static Result run(SelectedMailbox box, SearchKey key, Wanted wanted) throws IOException {
        SearchCondition condition = new SearchCompiler(box).compile(key);
        UidSet candidates = condition.bound(box.view().uids());
        if (condition.cost() == SearchCondition.Cost.NUMBER) {
            return scan(new SearchRow(null), condition, candidates, wanted);
        }
        try (MessageCursor cursor = box.mailbox().cursor()) {
            return scan(new SearchRow(cursor), condition, candidates, wanted);
        }
    }

    private static Result scan(SearchRow row, SearchCondition condition, UidSet candidates, Wanted wanted)
            throws IOException {
        if (condition instanceof SearchCondition.Everything || condition instanceof SearchCondition.Among) {
            return new Result(candidates, 0, 0, 0);
        }
        if (wanted == Wanted.LAST) {
            return last(row, condition, candidates);
        }
        boolean rows = condition.cost() != SearchCondition.Cost.NUMBER;
        UidSet.Builder found = new UidSet.Builder();
        long first = 0;
        long last = 0;
        long highest = 0;
        for (PrimitiveIterator.OfLong uids = candidates.iterator(); uids.hasNext(); ) {
            long uid = uids.nextLong();
            if (!row.moveTo(uid) || !condition.matches(row)) {
                continue;
            }
            found.add(uid);
            last = rows ? row.cursor().modSeq() : 0;
            first = first == 0 ? last : first;
            highest = Math.max(highest, last);
            if (wanted == Wanted.FIRST) {
                break;
            }
        }
        return new Result(found.build(), first, last, highest);
    }

    private static Result last(SearchRow row, SearchCondition condition, UidSet candidates) throws IOException {
        for (int run = candidates.runs() - 1; run >= 0; run--) {
            for (long uid = candidates.last(run); uid >= candidates.first(run); uid--) {
                if (row.moveTo(uid) && condition.matches(row)) {
                    long modSeq = condition.cost() == SearchCondition.Cost.NUMBER
                            ? 0
                            : row.cursor().modSeq();
                    return new Result(UidSet.of(uid), modSeq, modSeq, modSeq);
                }
            }
        }
        return new Result(UidSet.EMPTY, 0, 0, 0);
    }
}
