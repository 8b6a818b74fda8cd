package palomar.storage.loft.v1;

import java.util.TreeMap;

/// The mod-sequences of the views that sessions of one mailbox go by: whatever was expunged after the lowest of
/// them may still be asked for. Few, because sessions that keep up share theirs. Guarded by the monitor of the
/// [Box].
final class Holds {
    /// No view is held.
    static final long NONE = Long.MAX_VALUE;

    /// How many hold each.
    private final TreeMap<Long, Integer> held = new TreeMap<>();

    /// One who went by `before` goes by `now`; both may be [#NONE].
    void move(long before, long now) {
        if (now != NONE) {
            held.merge(now, 1, Integer::sum);
        }
        if (before != NONE) {
            held.computeIfPresent(before, (modSeq, count) -> count == 1 ? null : count - 1);
        }
    }

    /// Expunges at or below this mod-sequence interest nobody.
    long lowest() {
        return held.isEmpty() ? NONE : held.firstKey();
    }
}
