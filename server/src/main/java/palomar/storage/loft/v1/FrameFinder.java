package palomar.storage.loft.v1;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import palomar.storage.journal.Damage;
import palomar.storage.journal.FrameHeader;
import palomar.storage.journal.FrameVisitor;
import palomar.storage.journal.Journal;
import palomar.storage.journal.ScanDepth;

/// Where the frames of mailboxes lie whose index file is lost: one walk over the headers of the whole log tells it
/// for all of them, so that a hundred lost files cost no more than one. What was found is kept as long as memory
/// allows. Safe for many threads.
final class FrameFinder {
    /// @param frames positions by mailbox
    /// @param through frames up to here are in it
    /// @param damaged something was passed over
    private record Index(Map<Long, LsnList> frames, long through, boolean damaged) {}

    /// Frames of one mailbox.
    ///
    /// @param through frames behind this position may be missing
    /// @param damaged so may be others
    record Found(long[] lsns, long through, boolean damaged) {}

    private final Journal journal;
    private SoftReference<@Nullable Index> known = new SoftReference<>(null);

    FrameFinder(Journal journal) {
        this.journal = journal;
    }

    /// The frames with rows of a mailbox.
    ///
    /// @param from all at or below this position are wanted
    synchronized Found find(long box, long from) throws IOException {
        Index index = known.get();
        if (index == null || index.through < from) {
            index = scan();
            known = new SoftReference<>(index);
        }
        LsnList frames = index.frames.get(box);
        return new Found(frames == null ? new long[0] : frames.toArray(), index.through, index.damaged);
    }

    private Index scan() throws IOException {
        long end = journal.committedLsn();
        Map<Long, LsnList> frames = new HashMap<>();
        boolean[] damaged = {false};
        journal.scan(0, end, ScanDepth.HEADERS, new FrameVisitor() {
            @Override
            public void frame(FrameHeader header, byte[] payload) {
                if (RecordCodec.hasRows(header.type())) {
                    frames.computeIfAbsent(header.mailbox(), _ -> new LsnList()).add(header.lsn());
                }
            }

            @Override
            public void damaged(Damage damage) {
                damaged[0] = true;
            }
        });
        return new Index(frames, end - 1, damaged[0]);
    }
}
