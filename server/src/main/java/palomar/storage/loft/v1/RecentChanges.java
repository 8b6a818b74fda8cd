package palomar.storage.loft.v1;

import java.util.Arrays;

/// Which UIDs the newest changes of a mailbox touched, so that a session that asks what changed since its last
/// command does not walk a hundred thousand rows. Guarded by the monitor of the [Box].
///
/// It only points at rows; whether a row changed after all is read from the row. Costs nothing until something
/// changes.
final class RecentChanges {
    private static final int MOST_RUNS = 1024;
    private static final int FIRST_RUNS = 8;

    /// Three longs a run: mod-sequence, first and last UID.
    private static final int WORDS = 3;

    private static final long[] NOTHING = {};

    private long[] runs = NOTHING;
    private int used;

    /// Every change above this mod-sequence is here.
    private long floor;

    RecentChanges(long floor) {
        this.floor = floor;
    }

    void add(long modSeq, long first, long last) {
        if (used > 0 && runs[used - WORDS] == modSeq && runs[used - 1] + 1 == first) {
            runs[used - 1] = last;
            return;
        }
        if (used == MOST_RUNS * WORDS) {
            forgetOlderHalf();
        }
        if (used == runs.length) {
            runs = Arrays.copyOf(runs, Math.min(MOST_RUNS * WORDS, Math.max(FIRST_RUNS * WORDS, used * 2)));
        }
        runs[used++] = modSeq;
        runs[used++] = first;
        runs[used++] = last;
    }

    private void forgetOlderHalf() {
        int half = MOST_RUNS / 2 * WORDS;
        for (int at = 0; at < half; at += WORDS) {
            floor = Math.max(floor, runs[at]);
        }
        System.arraycopy(runs, half, runs, 0, used - half);
        used -= half;
    }

    /// Can [#visit] tell everything that changed after this?
    boolean reachBackTo(long modSeq) {
        return modSeq >= floor;
    }

    /// What takes a run of UIDs.
    interface RunVisitor {
        void visit(long first, long last);
    }

    /// Gives out the runs that changed after a mod-sequence, in the order of the changes; some may be given out
    /// twice.
    void visit(long modSeq, RunVisitor visitor) {
        for (int at = 0; at < used; at += WORDS) {
            if (runs[at] > modSeq) {
                visitor.visit(runs[at + 1], runs[at + 2]);
            }
        }
    }
}
