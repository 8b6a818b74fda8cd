package palomar.storage.loft.v1;

import java.util.ArrayList;
import java.util.List;
import palomar.event.Event;
import palomar.storage.journal.Damage;
import palomar.storage.journal.FrameHeader;
import palomar.storage.journal.FrameVisitor;

/// Feeds a log into a catalog, group by group, as if it were happening. One thread.
class Replay implements FrameVisitor {
    private final Catalog catalog;
    private final Event event;
    private final List<LogRecord> records = new ArrayList<>();
    private final List<Long> lsns = new ArrayList<>();
    private final List<Long> malformed = new ArrayList<>();
    private boolean damaged;

    Replay(Catalog catalog, Event event) {
        this.catalog = catalog;
        this.event = event;
    }

    /// True when something was skipped: counters may not agree with rows.
    boolean damaged() {
        return damaged;
    }

    /// LSNs of sound frames that make no sense.
    List<Long> malformed() {
        return malformed;
    }

    @Override
    public void frame(FrameHeader header, byte[] payload) {
        if (!RecordCodec.isRecord(header.type())) {
            return;
        }
        try {
            records.add(RecordCodec.decode(header.type(), header.lsn(), header.mailbox(), payload, 0, payload.length));
            lsns.add(header.lsn());
        } catch (Unpacker.Malformed e) {
            damaged = true;
            malformed.add(header.lsn());
            event.error("loft.record", "a log record makes no sense and was skipped", e, "lsn", header.lsn());
        }
    }

    @Override
    public void endOfGroup(long endLsn) {
        if (!records.isEmpty()) {
            long[] places = lsns.stream().mapToLong(Long::longValue).toArray();
            catalog.apply(records, places, new Applying());
            records.clear();
            lsns.clear();
        }
    }

    @Override
    public void damaged(Damage damage) {
        damaged = true;
    }
}
