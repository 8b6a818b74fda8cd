package palomar.imap;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import palomar.imap.proto.MetadataWriter;
import palomar.imap.proto.NotifySet.Event;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.StatusItem;
import palomar.storage.MailboxStatus;
import palomar.storage.UserMail;

/// A mailbox of which NOTIFY tells without its being selected: what the client knows of it. RFC 5465 5
///
/// One thread at a time: the one that speaks for the session.
final class Watched {
    private UserMail.Entry entry;
    private int events;
    private long modSeq;
    private long uidNext;
    private long messages;
    private boolean uidValidityTold = true;

    /// Annotations that there are, with a hash of each; empty unless the client wants to hear of them.
    private Map<String, Long> metadata = new HashMap<>(0);

    Watched(UserMail.Entry entry, int events) {
        this.entry = entry;
        this.events = events;
    }

    UserMail.Entry entry() {
        return entry;
    }

    int events() {
        return events;
    }

    void become(UserMail.Entry now, int wanted) {
        entry = now;
        events = wanted;
    }

    /// The client knows these counters.
    void know(MailboxStatus status) {
        know(status.highestModSeq(), status.uidNext(), status.messages());
    }

    void know(long highest, long next, long count) {
        modSeq = highest;
        uidNext = next;
        messages = count;
    }

    /// The mailbox is younger than what the client knows: it was empty when it was made.
    ///
    /// @param sameName did another mailbox have this name? Then UIDVALIDITY has changed
    void knowAsNew(boolean sameName) {
        know(sameName ? 0 : 1, 1, 0);
        uidValidityTold = !sameName;
    }

    /// Does the client know everything up to `before`, a moment at which nobody else had changed anything yet?
    boolean knows(long before) {
        return modSeq == before;
    }

    void knowMetadata(UserMail mail) {
        metadata = MetadataWatch.hashes(Annotations.ofMailbox(mail, entry));
    }

    /// RFC 5465 3.1: what NOTIFY SET STATUS tells first.
    void tellFirst(ResponseWriter out, MailboxStatus status) throws IOException {
        out.beginStatus(entry.name().value());
        out.item(StatusItem.MESSAGES, status.messages());
        out.item(StatusItem.UIDNEXT, status.uidNext());
        out.item(StatusItem.UIDVALIDITY, status.uidValidity());
        if (Wishes.has(events, Event.FLAG_CHANGE) || Wishes.has(events, Event.ANNOTATION_CHANGE)) {
            out.item(StatusItem.HIGHESTMODSEQ, status.highestModSeq());
        }
        out.endStatus();
    }

    /// What changed since the client was told last; nothing when nothing did. RFC 5465 5.1 to 5.3
    void tellChanges(ResponseWriter out, MailboxStatus status, Enabled enabled) throws IOException {
        if (status.highestModSeq() == modSeq) {
            return;
        }
        boolean counts = status.uidNext() != uidNext || status.messages() != messages;
        boolean flags = Wishes.has(events, Event.FLAG_CHANGE);
        boolean inside = flags || Wishes.has(events, Event.ANNOTATION_CHANGE);
        boolean validity = !uidValidityTold;
        know(status);
        uidValidityTold = true;
        if (!counts && !inside && !validity) {
            return;
        }
        out.beginStatus(entry.name().value());
        if (counts) {
            out.item(StatusItem.MESSAGES, status.messages());
            out.item(StatusItem.UIDNEXT, status.uidNext());
        }
        if (inside || validity) {
            out.item(StatusItem.UIDVALIDITY, status.uidValidity());
        }
        if (flags) {
            out.item(StatusItem.UNSEEN, status.unseen());
        }
        if (enabled.condstore()) {
            out.item(StatusItem.HIGHESTMODSEQ, status.highestModSeq());
        }
        out.endStatus();
    }

    /// The names of entries that came, went or have another value. RFC 5465 5.6
    void tellMetadata(ResponseWriter out, UserMail mail) throws IOException {
        Map<String, Long> now = MetadataWatch.hashes(Annotations.ofMailbox(mail, entry));
        new MetadataWriter(out).changed(entry.name().value(), MetadataWatch.differences(metadata, now));
        metadata = now;
    }

    /// The client has changed these itself.
    void ownMetadata(UserMail mail, Collection<String> entries) {
        MetadataWatch.learn(metadata, Annotations.ofMailbox(mail, entry), entries);
    }
}
