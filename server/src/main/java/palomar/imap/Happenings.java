package palomar.imap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import palomar.delivery.MessageEvents;
import palomar.delivery.MessageEvents.Cause;
import palomar.delivery.MessageEvents.Happened;
import palomar.mail.Flags;
import palomar.mail.UidSet;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;
import palomar.storage.UserMail;

/// Tells [MessageEvents] what a session's commands have done with messages. RFC 6785 2.2
record Happenings(MessageEvents ear, UserMail mail) {

    void appended(Mailbox target, UidSet uids) {
        tell(target, new Happened(Cause.APPEND, target.id(), Optional.empty(), uids, Flags.NONE));
    }

    void copied(Mailbox from, Mailbox target, UidSet uids) {
        tell(target, new Happened(Cause.COPY, target.id(), Optional.of(from.id()), uids, Flags.NONE));
    }

    private void tell(Mailbox mailbox, Happened what) {
        if (!what.uids().isEmpty() && ear.wants(mail, mailbox.id(), what.cause())) {
            ear.happened(mail, what);
        }
    }

    /// Remembers flags before a command changes them, when someone wants to know. Call [FlagsBefore#changed]
    /// after.
    FlagsBefore before(Mailbox mailbox, UidSet uids) {
        return ear.wants(mail, mailbox.id(), Cause.FLAG) ? new FlagsBefore(this, mailbox, uids) : FlagsBefore.NOTHING;
    }

    /// The flags of some messages at one moment.
    static final class FlagsBefore {
        static final FlagsBefore NOTHING = new FlagsBefore();

        private final Optional<Happenings> happenings;
        private final Map<Long, long[]> rows = new LinkedHashMap<>();

        private FlagsBefore() {
            happenings = Optional.empty();
        }

        private FlagsBefore(Happenings happenings, Mailbox mailbox, UidSet uids) {
            this.happenings = Optional.of(happenings);
            UidSet there = uids.intersect(mailbox.view().uids());
            try (MessageCursor row = mailbox.cursor()) {
                for (var each = there.iterator(); each.hasNext(); ) {
                    long uid = each.nextLong();
                    if (row.seek(uid)) {
                        rows.put(uid, new long[] {row.systemFlags(), row.keywordBits()});
                    }
                }
            }
        }

        /// Messages whose flags changed alike are told together.
        void changed(Mailbox mailbox, UidSet uids) {
            if (happenings.isEmpty() || uids.isEmpty()) {
                return;
            }
            Map<Flags, UidSet.Builder> alike = new LinkedHashMap<>();
            try (MessageCursor row = mailbox.cursor()) {
                for (var each = uids.iterator(); each.hasNext(); ) {
                    long uid = each.nextLong();
                    long[] before = rows.getOrDefault(uid, new long[2]);
                    if (row.seek(uid) && !row.expunged()) {
                        Flags changed = flags(
                                row.systemFlags() ^ (int) before[0], row.keywordBits() ^ before[1], mailbox.keywords());
                        alike.computeIfAbsent(changed, none -> new UidSet.Builder())
                                .add(uid);
                    }
                }
            }
            Happenings told = happenings.get();
            alike.forEach((changed, which) -> told.ear.happened(
                    told.mail, new Happened(Cause.FLAG, mailbox.id(), Optional.empty(), which.build(), changed)));
        }

        private static Flags flags(int system, long bits, List<String> names) {
            List<String> keywords = new ArrayList<>();
            for (long left = bits; left != 0; left &= left - 1) {
                keywords.add(names.get(Long.numberOfTrailingZeros(left)));
            }
            return new Flags(system, keywords);
        }
    }
}
