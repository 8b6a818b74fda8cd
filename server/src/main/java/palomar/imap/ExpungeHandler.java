package palomar.imap;

import java.io.IOException;
import palomar.acl.Right;
import palomar.imap.proto.Command;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.Tag;
import palomar.mail.UidSet;
import palomar.storage.Mailbox;

/// EXPUNGE, UID EXPUNGE, and what CLOSE removes. RFC 9051 6.4.1, 6.4.3, 6.4.9, RFC 7162 3.2.7 to 3.2.9
record ExpungeHandler(Dialogue dialogue, SelectedMailbox box) {

    Reply expunge(Command.Expunge command) throws IOException {
        return expunge(command.tag(), box.view().uids(), "EXPUNGE done");
    }

    Reply expunge(Command.UidExpunge command) throws IOException {
        Portion portion = new Portion(box, dialogue.settings().messages().any());
        UidSet named = box.uids(command.targets()).intersect(box.view().uids());
        return portion.tell(dialogue.out(), expunge(command.tag(), portion.ofDeleted(named), "UID EXPUNGE done"));
    }

    private Reply expunge(Tag tag, UidSet among, String text) throws IOException {
        box.refuseChange();
        box.require(Right.EXPUNGE);
        Mailbox.Expunged expunged =
                new Progress(dialogue, tag).during(() -> box.mailbox().expunge(among));
        if (expunged.uids().isEmpty() || !dialogue.enabled().condstore()) {
            return Reply.ok(text);
        }
        // Told before the code, so that the code covers it.
        box.syncOwn(dialogue.out(), Telling.ALL, Quiet.NONE);
        return Reply.ok(new ResponseCode.HighestModSeq(box.coveredModSeq()), text);
    }

    /// CLOSE: nothing is told, not even the new mod-sequence. A mailbox from EXAMINE loses nothing, and so does
    /// one in which the user may not expunge. RFC 4314 4
    void silently(Tag tag) {
        if (!box.readOnly() && !box.mailbox().deleted() && box.rights().has(Right.EXPUNGE)) {
            new Progress(dialogue, tag)
                    .during(() -> box.mailbox().expunge(box.view().uids()));
        }
    }
}
