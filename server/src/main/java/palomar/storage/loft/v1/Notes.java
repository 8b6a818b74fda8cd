package palomar.storage.loft.v1;

import java.util.Map;
import java.util.TreeMap;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.UidSet;
import palomar.storage.Mailbox;
import palomar.storage.NamedValues;

/// The annotations of one mailbox's messages, by UID: those that are in force. The monitor of the [Box] guards it.
final class Notes {
    private final TreeMap<Long, NamedValues> byUid = new TreeMap<>();

    /// Of names and values, and what counts for the quota.
    private long bytes;

    private long annotationBytes;

    boolean isEmpty() {
        return byUid.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    long annotationBytes() {
        return annotationBytes;
    }

    NamedValues of(long uid) {
        return byUid.getOrDefault(uid, NamedValues.NONE);
    }

    UidSet uids() {
        UidSet.Builder uids = new UidSet.Builder();
        byUid.keySet().forEach(uids::add);
        return uids.build();
    }

    Map<Long, NamedValues> all() {
        return byUid;
    }

    void apply(LogRecord.Annotated r) {
        for (LogRecord.Annotated.Part part : r.parts()) {
            for (var uids = part.uids().iterator(); uids.hasNext(); ) {
                long uid = uids.nextLong();
                put(uid, part.change().applyTo(of(uid)));
            }
        }
    }

    void put(long uid, NamedValues values) {
        NamedValues before = values.isEmpty() ? byUid.remove(uid) : byUid.put(uid, values);
        count(values, 1);
        if (before != null) {
            count(before, -1);
        }
    }

    private void count(NamedValues values, int times) {
        bytes += times * values.bytes();
        annotationBytes += times * values.annotationBytes();
    }

    /// These messages are gone.
    void drop(UidSet uids) {
        for (int run = 0; run < uids.runs() && !byUid.isEmpty(); run++) {
            Map<Long, NamedValues> gone = byUid.subMap(uids.first(run), true, uids.last(run), true);
            gone.values().forEach(values -> count(values, -1));
            gone.clear();
        }
    }

    /// What counts for the quota of these messages.
    long annotationBytes(UidSet uids) {
        long sum = 0;
        for (int run = 0; run < uids.runs(); run++) {
            for (NamedValues values :
                    byUid.subMap(uids.first(run), true, uids.last(run), true).values()) {
                sum += values.annotationBytes();
            }
        }
        return sum;
    }

    /// Throws MailException LIMIT.
    static void requireRoom(long before, long more) {
        if (more > 0 && before + more > Mailbox.MAX_ANNOTATIONS) {
            throw new MailException(MailError.LIMIT, "the mailbox has too many annotations already");
        }
    }
}
