package palomar.storage.loft.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import palomar.mail.MailboxName;
import palomar.mail.UidSet;
import palomar.storage.journal.Damage;
import palomar.storage.journal.FrameHeader;
import palomar.storage.journal.FrameVisitor;

/// What one segment says about mailboxes and users: all that must be said again before it may go. One thread.
final class Mentions implements FrameVisitor {
    /// What the segment says about one mailbox.
    static final class InBox {
        private final UidSet.Builder uids = new UidSet.Builder();
        private final List<LogRecord.Expunged> expunges = new ArrayList<>();
        private final UidSet.Builder annotated = new UidSet.Builder();
        private boolean deleted;
        private boolean values;

        UidSet uids() {
            return uids.build();
        }

        /// Messages whose annotations changed.
        UidSet annotated() {
            return annotated.build();
        }

        List<LogRecord.Expunged> expunges() {
            return expunges;
        }

        boolean deleted() {
            return deleted;
        }

        /// Named values changed.
        boolean values() {
            return values;
        }
    }

    private final Map<Long, InBox> boxes = new TreeMap<>();
    private final Map<String, Set<MailboxName>> subscriptions = new TreeMap<>();
    private final Set<String> values = new TreeSet<>();
    private boolean damaged;

    Map<Long, InBox> boxes() {
        return boxes;
    }

    /// Names that were subscribed or unsubscribed, by user.
    Map<String, Set<MailboxName>> subscriptions() {
        return subscriptions;
    }

    /// Users whose named values changed, or who came or went.
    Set<String> values() {
        return values;
    }

    /// True when something could not be read: nobody knows then what must be kept.
    boolean damaged() {
        return damaged;
    }

    InBox in(long box) {
        return boxes.computeIfAbsent(box, _ -> new InBox());
    }

    @Override
    public void frame(FrameHeader header, byte[] payload) {
        if (!RecordCodec.isRecord(header.type())) {
            return;
        }
        LogRecord record =
                RecordCodec.decode(header.type(), header.lsn(), header.mailbox(), payload, 0, payload.length);
        switch (record) {
            case LogRecord.Added r -> {
                long[] words = r.words();
                for (int at = 0; at < words.length; at += Row.WORDS) {
                    in(r.box()).uids.add(Row.uid(words, at));
                }
            }
            case LogRecord.FlagsChanged r -> in(r.box()).uids.addAll(r.uids());
            case LogRecord.Annotated r -> {
                // The rows too: their mod-sequences may be of this record.
                in(r.box()).uids.addAll(r.uids());
                in(r.box()).annotated.addAll(r.uids());
            }
            case LogRecord.Expunged r -> in(r.box()).expunges.add(r);
            case LogRecord.Deleted r -> in(r.box()).deleted = true;
            case LogRecord.BoxState r -> in(r.box());
            case LogRecord.BoxValues r -> in(r.box()).values = true;
            case LogRecord.Renamed r -> in(r.box());
            case LogRecord.RecentClaimed r -> in(r.box());
            case LogRecord.Subscribed r ->
                subscriptions.computeIfAbsent(r.user(), _ -> new TreeSet<>()).add(r.name());
            case LogRecord.UserValues r -> values.add(r.user());
            // A user is there as long as he has mailboxes: INBOX can't go without him. But older values of his
            // name must not come back.
            case LogRecord.UserCreated r -> values.add(r.user());
            case LogRecord.UserDeleted r -> values.add(r.user());
        }
    }

    @Override
    public void damaged(Damage damage) {
        damaged = true;
    }
}
