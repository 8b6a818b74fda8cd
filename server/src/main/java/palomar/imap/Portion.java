package palomar.imap;

import java.io.IOException;
import java.util.List;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.ResultRange;
import palomar.imap.proto.SeqSet;
import palomar.imap.proto.Tag;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.MessageCursor;

/// How much of a command is done when the number of messages is limited: those with the highest UIDs. The client
/// goes on below the UID that the answer names. RFC 9738 3
///
/// One object a command; it remembers whether something was left out.
final class Portion {
    private final SelectedMailbox box;
    private final int limit;

    /// The lowest UID that was worked on; 0 while nothing was left out.
    private long lowest;

    /// @param limit 0 for none
    Portion(SelectedMailbox box, int limit) {
        this.box = box;
        this.limit = limit;
    }

    UidSet of(UidSet uids) {
        if (limit == 0 || uids.size() <= limit) {
            return uids;
        }
        UidSet highest = uids.highest(limit);
        lowest = highest.first(0);
        return highest;
    }

    SeqSet of(SeqSet seqs) {
        return limit == 0 || seqs.size() <= limit ? seqs : box.seqs(of(box.uids(seqs)));
    }

    /// What counts for a search are the messages that are looked at. RFC 9738 3.1
    SearchCondition of(SearchCondition condition) {
        if (limit == 0) {
            return condition;
        }
        UidSet looked = condition.bound(box.view().uids());
        UidSet part = of(looked);
        return part == looked
                ? condition
                : new SearchCondition.And(List.of(new SearchCondition.Among(part), condition));
    }

    /// Where a part of the messages is no answer.
    void refuse(SearchCondition condition) {
        refuse(condition.bound(box.view().uids()).size(), limit);
    }

    /// A range of results that is larger than the limit. RFC 9738 3.1
    void refuse(ResultRange range) {
        refuse(range.high() - range.low() + 1, limit);
    }

    /// Of UID EXPUNGE only the messages that go count. RFC 9738 3.1
    UidSet ofDeleted(UidSet uids) {
        if (limit == 0 || uids.size() <= limit) {
            return uids;
        }
        UidSet.Builder deleted = new UidSet.Builder();
        try (MessageCursor row = box.mailbox().cursor()) {
            for (var each = uids.iterator(); each.hasNext(); ) {
                long uid = each.nextLong();
                if (row.seek(uid) && !row.expunged() && (row.systemFlags() & SystemFlags.DELETED) != 0) {
                    deleted.add(uid);
                }
            }
        }
        return of(deleted.build());
    }

    /// What is all or nothing is nothing when it is too much.
    static void refuse(long messages, int limit) {
        if (limit > 0 && messages > limit) {
            throw new TooMany(limit);
        }
    }

    /// Was something left out?
    boolean isPart() {
        return lowest > 0;
    }

    /// The code goes into the tagged answer, or stands before it when that has a code of its own. RFC 9738 3
    Reply tell(ResponseWriter out, Reply reply) throws IOException {
        if (lowest == 0) {
            return reply;
        }
        ResponseCode code = new ResponseCode.MessageLimit(limit, lowest);
        if (reply.status() == Reply.Status.OK && reply.code() == null) {
            return Reply.ok(code, "done in part: the highest " + limit + " messages")
                    .with(reply.quiet());
        }
        out.no(Tag.NONE, code, "done in part: the highest " + limit + " messages");
        return reply;
    }

    /// NO [MESSAGELIMIT]: nothing was done.
    static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int limit;

        private TooMany(int limit) {
            super("more than " + limit + " messages in one command", null, false, false);
            this.limit = limit;
        }

        ResponseCode code() {
            return new ResponseCode.MessageLimit(limit, 0);
        }
    }
}
