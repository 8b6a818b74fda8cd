package palomar.imap;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import palomar.mail.UidSet;
import palomar.storage.Mailbox;
import palomar.storage.NamedValues;

/// The annotations that a session which selected with ANNOTATE knows of, to tell which of them others have
/// changed. RFC 5257 4.4. They are the store's own objects; a message without annotations costs nothing. One
/// thread.
final class ToldNotes {
    private final Mailbox mailbox;
    private final Map<Long, NamedValues> told = new HashMap<>();

    ToldNotes(Mailbox mailbox) {
        this.mailbox = mailbox;
        learn(mailbox.annotated());
    }

    /// These are as they are now.
    void learn(UidSet uids) {
        for (var each = uids.intersect(mailbox.annotated()).iterator(); each.hasNext(); ) {
            long uid = each.nextLong();
            learn(uid, mailbox.annotations(uid));
        }
    }

    private void learn(long uid, NamedValues values) {
        if (values.isEmpty()) {
            told.remove(uid);
        } else {
            told.put(uid, values);
        }
    }

    /// Entries that are not as they were; from now on they are known.
    SortedSet<String> changes(long uid) {
        NamedValues now = mailbox.annotations(uid);
        SortedSet<String> entries = MessageNotes.different(told.getOrDefault(uid, NamedValues.NONE), now);
        learn(uid, now);
        return entries;
    }

    /// The session has changed these itself.
    void own(UidSet uids, Map<String, Optional<byte[]>> changes) {
        for (var each = uids.iterator(); each.hasNext(); ) {
            long uid = each.nextLong();
            learn(uid, told.getOrDefault(uid, NamedValues.NONE).with(changes));
        }
    }

    void forget(UidSet gone) {
        told.keySet().removeIf(gone::contains);
    }
}
