package palomar.imap;

import java.io.IOException;
import java.util.PrimitiveIterator;
import palomar.mail.UidSet;
import palomar.storage.MessageCursor;

/// Runs one search over a session's view. RFC 9051 6.4.4
final class SearchRun {
    /// Which matches are wanted; knowing that a few are enough saves reading the rest.
    ///
    /// @param most no more than so many
    /// @param fromEnd the last ones
    record Wanted(long most, boolean fromEnd) {
        static final Wanted ALL = new Wanted(Long.MAX_VALUE, false);
    }

    /// @param uids what matched
    /// @param firstModSeq the mod-sequence of the first match; 0 when none, or when no row was read
    /// @param lastModSeq that of the last match, likewise
    /// @param highestModSeq the highest among the matches, likewise
    record Result(UidSet uids, long firstModSeq, long lastModSeq, long highestModSeq) {}

    private SearchRun() {}

    static Result run(SelectedMailbox box, SearchCondition condition, Wanted wanted, Progress progress)
            throws IOException {
        UidSet candidates = condition.bound(box.view().uids());
        if (condition instanceof SearchCondition.Everything || condition instanceof SearchCondition.Among) {
            return new Result(candidates, 0, 0, 0);
        }
        progress.more(candidates.size(), look(condition.cost()));
        if (condition.cost() == SearchCondition.Cost.NUMBER) {
            return scan(new Matches(new SearchRow(null), condition, progress), candidates, wanted);
        }
        try (MessageCursor cursor = box.mailbox().cursor()) {
            return scan(new Matches(new SearchRow(cursor), condition, progress), candidates, wanted);
        }
    }

    /// To look at the clock takes as long as to look at some flags.
    private static int look(SearchCondition.Cost cost) {
        return switch (cost) {
            case NUMBER -> 1000;
            case ROW -> 100;
            case DIGEST, BODY -> 1;
        };
    }

    private static Result scan(Matches matches, UidSet candidates, Wanted wanted) throws IOException {
        if (wanted.fromEnd()) {
            return fromEnd(matches, candidates, wanted.most());
        }
        for (PrimitiveIterator.OfLong uids = candidates.iterator(); uids.hasNext() && matches.count < wanted.most(); ) {
            matches.look(uids.nextLong());
        }
        return new Result(matches.found.build(), matches.first, matches.last, matches.highest);
    }

    private static Result fromEnd(Matches matches, UidSet candidates, long most) throws IOException {
        for (int run = candidates.runs() - 1; run >= 0; run--) {
            for (long uid = candidates.last(run); uid >= candidates.first(run); uid--) {
                matches.look(uid);
                if (matches.count == most) {
                    run = 0;
                    break;
                }
            }
        }
        return new Result(matches.found.build(), matches.last, matches.first, matches.highest);
    }

    /// What has matched so far, in the order of looking. One thread.
    private static final class Matches {
        private final SearchRow row;
        private final SearchCondition condition;
        private final Progress progress;
        private final boolean rows;
        private final UidSet.Builder found = new UidSet.Builder();
        private long count;
        private long first;
        private long last;
        private long highest;

        Matches(SearchRow row, SearchCondition condition, Progress progress) {
            this.row = row;
            this.condition = condition;
            this.progress = progress;
            this.rows = condition.cost() != SearchCondition.Cost.NUMBER;
        }

        void look(long uid) throws IOException {
            boolean fits = row.moveTo(uid) && condition.matches(row);
            progress.step();
            if (!fits) {
                return;
            }
            found.add(uid);
            count++;
            last = rows ? row.cursor().modSeq() : 0;
            first = first == 0 ? last : first;
            highest = Math.max(highest, last);
        }
    }
}
