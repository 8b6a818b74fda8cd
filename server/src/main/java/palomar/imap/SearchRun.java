package palomar.imap;

import java.io.IOException;
import java.util.Arrays;
import java.util.PrimitiveIterator;
import palomar.mail.UidSet;
import palomar.storage.MessageCursor;

/// Runs one search over a session's view. RFC 9051 6.4.4
final class SearchRun {
    /// Which matches are wanted; knowing that a few are enough saves reading the rest.
    ///
    /// @param most no more than so many
    /// @param fromEnd the last ones
    /// @param scored with how well they fit; then all are wanted
    record Wanted(long most, boolean fromEnd, boolean scored) {
        static final Wanted ALL = new Wanted(Long.MAX_VALUE, false, false);
        static final Wanted SCORED = new Wanted(Long.MAX_VALUE, false, true);
    }

    /// @param uids what matched
    /// @param firstModSeq the mod-sequence of the first match; 0 when none, or when no row was read
    /// @param lastModSeq that of the last match, likewise
    /// @param highestModSeq the highest among the matches, likewise
    /// @param scores how well each match fits, 1 to 100; empty when that was not asked for. RFC 6203 4
    record Result(UidSet uids, long firstModSeq, long lastModSeq, long highestModSeq, byte[] scores) {}

    private static final byte[] NO_SCORES = new byte[0];

    private SearchRun() {}

    static Result run(SelectedMailbox box, SearchCondition condition, Wanted wanted, Progress progress)
            throws IOException {
        UidSet candidates = condition.bound(box.view().uids());
        boolean trivial = condition instanceof SearchCondition.Everything || condition instanceof SearchCondition.Among;
        if (trivial && !wanted.scored()) {
            return new Result(candidates, 0, 0, 0, NO_SCORES);
        }
        progress.more(candidates.size(), look(condition.cost()));
        if (condition.cost() == SearchCondition.Cost.NUMBER) {
            return scan(new Matches(new SearchRow(null), condition, progress, wanted.scored()), candidates, wanted);
        }
        try (MessageCursor cursor = box.mailbox().cursor()) {
            return scan(new Matches(new SearchRow(cursor), condition, progress, wanted.scored()), candidates, wanted);
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
        return new Result(matches.found.build(), matches.first, matches.last, matches.highest, matches.scores());
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
        return new Result(matches.found.build(), matches.last, matches.first, matches.highest, NO_SCORES);
    }

    /// What has matched so far, in the order of looking. One thread.
    private static final class Matches {
        private final SearchRow row;
        private final SearchCondition condition;
        private final Progress progress;
        private final boolean rows;
        private final boolean scored;
        private final UidSet.Builder found = new UidSet.Builder();
        private long count;
        private long first;
        private long last;
        private long highest;
        private byte[] scores;

        Matches(SearchRow row, SearchCondition condition, Progress progress, boolean scored) {
            this.row = row;
            this.condition = condition;
            this.progress = progress;
            this.scored = scored;
            this.scores = scored ? new byte[64] : NO_SCORES;
            this.rows = condition.cost() != SearchCondition.Cost.NUMBER;
        }

        private boolean score() throws IOException {
            int score = condition.score(row);
            if (score == 0) {
                return false;
            }
            int at = (int) count;
            if (at == scores.length) {
                scores = Arrays.copyOf(scores, at * 2);
            }
            scores[at] = (byte) Math.min(score, 100);
            return true;
        }

        byte[] scores() {
            return Arrays.copyOf(scores, scored ? (int) count : 0);
        }

        void look(long uid) throws IOException {
            boolean fits = row.moveTo(uid) && (scored ? score() : condition.matches(row));
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
