package palomar.imap;

import java.io.IOException;
import palomar.imap.proto.Command;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.UidBatchesWriter;
import palomar.storage.MailboxView;

/// UIDBATCHES: ranges of UIDs that hold so many messages each, from the highest UID down. RFC 10022 3
///
/// Each range begins right below the one before and the last one reaches down to 1, so that together they hold
/// every UID up to the highest.
record UidBatchesHandler(Dialogue dialogue, SelectedMailbox box) {

    Reply run(Command.UidBatches command) throws IOException {
        int least = least();
        if (command.size() < least) {
            return Reply.no(ResponseCode.Plain.TOOSMALL, "a batch has at least " + least + " messages");
        }
        UidBatchesWriter out = new UidBatchesWriter(dialogue.out(), command.tag());
        tell(out, command);
        out.end();
        return Reply.ok("UIDBATCHES done");
    }

    /// A batch must fit into one command. RFC 9738 3
    private int least() {
        MessageLimits limits = dialogue.settings().messages();
        return limits.any() == 0 ? limits.batch() : Math.min(limits.batch(), limits.any());
    }

    private void tell(UidBatchesWriter out, Command.UidBatches command) throws IOException {
        MailboxView view = box.view();
        long batches = (view.count() + command.size() - 1) / command.size();
        for (long batch = command.first(); batch <= Math.min(command.last(), batches); batch++) {
            long above = (batch - 1) * command.size();
            long highest = batch == 1 ? view.uid(view.count()) : lowest(view, above) - 1;
            long lowest = batch == batches ? 1 : lowest(view, above + command.size());
            out.batch(highest, lowest);
        }
    }

    /// The UID of the last message of the first `count` messages from the top.
    private static long lowest(MailboxView view, long count) {
        return view.uid(view.count() - (int) count + 1);
    }
}
