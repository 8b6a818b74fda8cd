package palomar.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import palomar.acl.Right;
import palomar.acl.Rights;
import palomar.imap.proto.ListEntry;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.SelectParams;
import palomar.imap.proto.Tag;
import palomar.mail.FlagMask;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.UserMail;

/// SELECT and EXAMINE. RFC 9051 6.3.2, 6.3.3, RFC 3501 6.3.1, resynchronisation: RFC 7162 3.2.5
record SelectHandler(UserMail mail, Dialogue dialogue) {

    /// What can be known to be wrong before the old mailbox is left.
    void check(SelectParams params) {
        if (params.qresync().isPresent() && !dialogue.enabled().qresync()) {
            throw new BadArgument("QRESYNC needs ENABLE QRESYNC first");
        }
        if (dialogue.enabled().uidOnly()
                && params.qresync().flatMap(SelectParams.Qresync::match).isPresent()) {
            throw new BadArgument(ResponseCode.Plain.UIDREQUIRED, "sequence match data after ENABLE UIDONLY");
        }
    }

    UserMail.Entry find(String text) {
        return MailboxRights.of(mail).require(Names.of(text), Right.READ);
    }

    SelectedMailbox open(UserMail.Entry entry, boolean readOnly) {
        return new SelectedMailbox(mail, entry, readOnly, dialogue.enabled());
    }

    /// @param asked the mailbox's name as the client gave it
    Reply tell(SelectedMailbox box, UserMail.Entry entry, String asked, SelectParams params) throws IOException {
        ResponseWriter out = dialogue.out();
        Enabled enabled = dialogue.enabled();
        if (params.condstore() || params.qresync().isPresent()) {
            enabled.enableCondstore();
        }
        tellFlags(out, box.toldKeywords(), box.toldChangeable());
        out.untagged(box.exists(), "EXISTS");
        if (!enabled.rev2()) {
            out.untagged(box.recentCount(), "RECENT");
            if (!enabled.uidOnly()) {
                tellFirstUnseen(out, box);
            }
        }
        out.ok(Tag.NONE, new ResponseCode.UidValidity(box.mailbox().uidValidity()), "UIDs are valid");
        out.ok(Tag.NONE, new ResponseCode.UidNext(box.view().uidNext()), "predicted next UID");
        out.ok(Tag.NONE, new ResponseCode.HighestModSeq(box.coveredModSeq()), "highest mod-sequence");
        tellAnnotations(box);
        if (params.annotate()) {
            box.watchAnnotations();
        }
        out.ok(Tag.NONE, new ResponseCode.ObjectId(entry.id().toString()), "the mailbox's identity");
        if (dialogue.connection().secured()) {
            // RFC 4467 8 and 10: only where nobody can listen.
            out.ok(Tag.NONE, ResponseCode.Plain.URLMECH_INTERNAL, "mechanisms for URLs");
        }
        if (enabled.rev2()) {
            Optional<String> oldName = Names.differs(asked, entry.name()) ? Optional.of(asked) : Optional.empty();
            out.list(new ListEntry(
                    ListHandler.attributes(entry.uses()),
                    MailboxName.SEPARATOR,
                    entry.name().value(),
                    List.of(),
                    oldName));
        }
        if (params.qresync().isPresent()) {
            resynchronise(box, params.qresync().get());
        }
        if (box.readOnly()) {
            return Reply.ok(ResponseCode.Plain.READ_ONLY, "EXAMINE done");
        }
        return MailboxRights.changes(box.toldRights())
                ? Reply.ok(ResponseCode.Plain.READ_WRITE, "SELECT done")
                : Reply.ok(ResponseCode.Plain.READ_ONLY, "SELECT done, you may change nothing");
    }

    /// RFC 5257 4.1
    private void tellAnnotations(SelectedMailbox box) throws IOException {
        boolean writable = !box.readOnly() && box.rights().hasAny(Rights.of(Right.READ, Right.ANNOTATE));
        ResponseCode code = writable
                ? new ResponseCode.Annotations(dialogue.settings().account().largestAnnotation())
                : ResponseCode.Plain.ANNOTATIONS_READ_ONLY;
        dialogue.out().ok(Tag.NONE, code, "annotations of messages");
    }

    /// FLAGS and PERMANENTFLAGS, at SELECT, when keywords have come, and when rights have changed. RFC 4314 5.1.1
    static void tellFlags(ResponseWriter out, List<String> keywords, FlagMask changeable) throws IOException {
        Flags flags = new Flags(SystemFlags.ALL, keywords);
        out.flags(flags);
        boolean more = changeable.keywords() && keywords.size() < Mailbox.MAX_KEYWORDS;
        ResponseCode permanent = new ResponseCode.PermanentFlags(changeable.of(flags), more);
        out.ok(Tag.NONE, permanent, changeable.isEmpty() ? "nothing can be changed" : "flags that are kept");
    }

    /// RFC 3501 7.1: UNSEEN
    private static void tellFirstUnseen(ResponseWriter out, SelectedMailbox box) throws IOException {
        if (box.exists() == 0 || box.mailbox().status().unseen() == 0) {
            return;
        }
        MailboxView view = box.view();
        try (MessageCursor row = box.mailbox().cursor()) {
            for (int seq = 1; seq <= view.count(); seq++) {
                if (row.seek(view.uid(seq)) && (row.systemFlags() & SystemFlags.SEEN) == 0) {
                    out.ok(Tag.NONE, new ResponseCode.Unseen(seq), "first message not seen");
                    return;
                }
            }
        }
    }

    private void resynchronise(SelectedMailbox box, SelectParams.Qresync known) throws IOException {
        Mailbox mailbox = box.mailbox();
        if (known.uidValidity() != mailbox.uidValidity()) {
            return;
        }
        MailboxView view = box.view();
        UidSet everything = UidSet.ofRange(1, view.uidNext() - 1);
        UidSet among = known.knownUids().orElse(everything).intersect(everything);
        UidSet uncertain = among;
        if (known.match().isPresent()) {
            long sure = sureUpTo(view, known.match().get());
            uncertain = among.minus(UidSet.ofRange(1, sure));
        }
        dialogue.out()
                .vanished(true, mailbox.vanishedSince(known.modSeq(), uncertain).minus(view.uids()));
        UidSet changed = mailbox.changedSince(known.modSeq()).intersect(among).intersect(view.uids());
        FlagsText flags = new FlagsText(box, dialogue.enabled());
        try (MessageCursor row = mailbox.cursor()) {
            for (var uids = changed.iterator(); uids.hasNext(); ) {
                long uid = uids.nextLong();
                if (row.seek(uid)) {
                    flags.tell(dialogue.out(), view.seq(uid), row, true);
                }
            }
        }
    }

    /// The highest UID that has the number which the client thinks it has: nothing below it was expunged that the
    /// client still counts. RFC 7162 3.2.5.2
    private static long sureUpTo(MailboxView view, SelectParams.SeqMatch match) {
        long sure = 0;
        var uids = match.uids().iterator();
        for (int run = 0; run < match.seqs().runs(); run++) {
            for (long seq = match.seqs().first(run); seq <= match.seqs().last(run) && uids.hasNext(); seq++) {
                long uid = uids.nextLong();
                if (seq > view.count() || view.uid((int) seq) != uid) {
                    return sure;
                }
                sure = uid;
            }
        }
        return sure;
    }
}
