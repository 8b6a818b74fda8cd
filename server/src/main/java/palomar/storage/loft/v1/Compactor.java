package palomar.storage.loft.v1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.storage.journal.SegmentStore;

/// Chooses what to compact in one shard. Used by the keeper's thread and by tools, one at a time.
final class Compactor {
    /// More sealed segments than this that are far from full are merged, the oldest first.
    private static final int MOST_SMALL = 16;

    /// Parts of a full segment: below an eighth it is small, below a 256th nothing is gained by looking at it.
    private static final int SMALL = 8;

    private static final int TINY = 256;

    /// A segment of which more than this lives stays.
    private static final double WORTH_IT = 0.5;

    private final Shard shard;
    private final long segmentBytes;
    private final Event event;

    /// Segments that must stay: something in them can't be read.
    private final Set<Long> damaged = new HashSet<>();

    /// Segments in which nothing is left but what held views still show.
    private final Set<Long> emptied = new HashSet<>();

    Compactor(Shard shard, long segmentBytes, Event event) {
        this.shard = shard;
        this.segmentBytes = segmentBytes;
        this.event = event;
    }

    /// Compacts the segment with the smallest living part, when that is below a half.
    ///
    /// @return true when one was compacted
    synchronized boolean runOne() {
        deleteEmptied();
        return run(segmentBytes / SMALL, true) > 0;
    }

    /// Compacts whatever has a living part below a half, small segments and the newest too, until nothing is left
    /// to do.
    ///
    /// @return how many were compacted
    synchronized int runAll() {
        deleteEmptied();
        endNewest();
        int done = 0;
        int more;
        do {
            more = run(segmentBytes / TINY, false);
            done += more;
        } while (more > 0);
        return done;
    }

    private int run(long smallest, boolean merge) {
        Optional<SegmentStore.Segment> chosen = choose(smallest, merge);
        return chosen.isPresent() && run(chosen.get()) ? 1 : 0;
    }

    /// So that it can be compacted too, when that is worth while.
    private void endNewest() {
        List<SegmentStore.Segment> all = shard.journal().segments();
        if (all.isEmpty() || all.getLast().sealed()) {
            return;
        }
        SegmentStore.Segment newest = all.getLast();
        if (newest.length() < segmentBytes / TINY || living(newest) >= WORTH_IT) {
            return;
        }
        try {
            shard.journal().roll();
        } catch (MailException e) {
            event.warn("loft.compact", "the newest segment can't be ended", "lsn", newest.firstLsn(), "why", e);
        }
    }

    /// Compacts one segment whatever is in it.
    synchronized boolean run(SegmentStore.Segment segment) {
        try {
            Compaction.Outcome outcome = new Compaction(shard, segment).run();
            event.debug("loft.compact", "a segment was compacted", "lsn", segment.firstLsn(), "outcome", outcome);
            switch (outcome) {
                case DELETED -> emptied.remove(segment.firstLsn());
                case HELD -> emptied.add(segment.firstLsn());
                case DAMAGED -> {
                    damaged.add(segment.firstLsn());
                    event.warn("loft.compact", "a segment is damaged and stays as it is", "lsn", segment.firstLsn());
                    return false;
                }
                case POSTPONED -> {
                    return false;
                }
            }
            return true;
        } catch (IOException | Unpacker.Malformed e) {
            damaged.add(segment.firstLsn());
            event.warn("loft.compact", "a segment can't be compacted", "lsn", segment.firstLsn(), "why", e);
        } catch (MailException e) {
            if (!shard.isClosing()) {
                event.warn("loft.compact", "compaction has to wait", "lsn", segment.firstLsn(), "why", e);
            }
        }
        return false;
    }

    private void deleteEmptied() {
        for (SegmentStore.Segment segment : shard.journal().segments()) {
            if (!emptied.contains(segment.firstLsn())) {
                continue;
            }
            try {
                if (Compaction.delete(shard, segment.firstLsn(), segment.endLsn())) {
                    emptied.remove(segment.firstLsn());
                }
            } catch (IOException e) {
                emptied.remove(segment.firstLsn());
                event.warn("loft.compact", "a segment could not be removed", "lsn", segment.firstLsn(), "why", e);
            }
        }
    }

    /// @param smallest bytes of a segment that is looked at
    /// @param merge the oldest of many smaller ones will do too
    private Optional<SegmentStore.Segment> choose(long smallest, boolean merge) {
        List<SegmentStore.Segment> small = new ArrayList<>();
        SegmentStore.Segment best = null;
        double least = WORTH_IT;
        for (SegmentStore.Segment segment : shard.journal().segments()) {
            boolean stays = damaged.contains(segment.firstLsn()) || emptied.contains(segment.firstLsn());
            if (!segment.sealed() || stays || segment.length() == 0) {
                continue;
            }
            if (segment.length() < smallest) {
                small.add(segment);
                continue;
            }
            double living = living(segment);
            if (living < least) {
                least = living;
                best = segment;
            }
        }
        boolean many = merge && small.size() > MOST_SMALL;
        return best == null && many ? Optional.of(small.getFirst()) : Optional.ofNullable(best);
    }

    private double living(SegmentStore.Segment segment) {
        return (double) shard.catalog().usage().live(segment.firstLsn(), segment.endLsn()) / segment.length();
    }
}
