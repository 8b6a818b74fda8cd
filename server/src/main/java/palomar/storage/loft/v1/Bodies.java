package palomar.storage.loft.v1;

import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import palomar.bytes.ByteSource;
import palomar.event.Event;
import palomar.storage.journal.DamagedFrameException;
import palomar.storage.journal.EncodedBody;
import palomar.storage.journal.Frame;
import palomar.storage.journal.Journal;

/// Reads bodies, digests and heads of one shard by their LSN. Safe for many threads.
final class Bodies {
    private static final byte[] NOTHING = {};

    private final Journal journal;
    private final Event event;

    /// Damage that was reported already.
    private final Set<Long> reported = Collections.newSetFromMap(new ConcurrentHashMap<>());

    Bodies(Journal journal, Event event) {
        this.journal = journal;
        this.event = event;
    }

    /// The content of a body; nothing is read before the source is.
    ByteSource body(long lsn, long size) {
        return journal.body(lsn, size);
    }

    EncodedBody encoded(long lsn) throws IOException {
        return journal.encodedBody(lsn);
    }

    /// The digest of the body at `lsn`: the frame behind it.
    byte[] digest(long lsn) throws IOException {
        Frame body = journal.read(lsn);
        return payload(body.header().endLsn(), RecordCodec.DIGEST);
    }

    /// The bytes of a HEAD frame; none for 0.
    byte[] head(long lsn) throws IOException {
        return lsn == 0 ? NOTHING : payload(lsn, RecordCodec.HEAD);
    }

    private byte[] payload(long lsn, int type) throws IOException {
        Frame frame = journal.read(lsn);
        if (frame.header().type() != type) {
            throw new IOException("frame of type " + frame.header().type() + " where " + type + " must be");
        }
        return frame.payload();
    }

    /// Tells the operator of damage, once for each place.
    void report(IOException e, LoadedBox loaded, long uid) {
        if (e instanceof DamagedFrameException damaged
                && reported.add(damaged.damage().lsn())) {
            event.error(
                    "loft.damage",
                    "a message can't be read; restore it from a backup, or expunge it",
                    e,
                    "mailbox",
                    loaded.box,
                    "uid",
                    uid);
        }
    }

    void warnOfCache(IOException e, LoadedBox loaded) {
        event.warn("loft.index", "a digest file is not usable; reading the log", "mailbox", loaded.box, "why", e);
    }
}
