package palomar.storage.loft.v1;

import java.io.IOException;
import palomar.event.Event;
import palomar.storage.journal.FrameHeader;
import palomar.storage.journal.FrameVisitor;
import palomar.storage.journal.Journal;
import palomar.storage.journal.ScanDepth;

/// A catalog from a whole log that compaction has worked on: there a mailbox's description may stand behind
/// records about it, because an older segment with the first description is gone. So descriptions are read first.
///
/// Counters are not right afterwards and have to be taken from rows.
final class Rebuild {
    private Rebuild() {}

    static Catalog catalog(Journal journal, int mostUnindexed, Event event) throws IOException {
        Catalog catalog = new Catalog(mostUnindexed);
        long end = journal.committedLsn();
        Replay descriptions = new Replay(catalog, event) {
            @Override
            public void frame(FrameHeader header, byte[] payload) {
                if (header.type() == RecordCodec.MAILBOX && RecordCodec.isBoxState(payload)) {
                    super.frame(header, payload);
                }
            }
        };
        journal.scan(0, end, ScanDepth.PAYLOADS, descriptions);
        FrameVisitor everything = new Replay(catalog, event);
        journal.scan(0, end, ScanDepth.PAYLOADS, everything);
        catalog.sortIn();
        return catalog;
    }
}
