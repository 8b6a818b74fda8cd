package palomar.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.Command;
import palomar.imap.proto.NotifySet;
import palomar.imap.proto.NotifySet.Event;
import palomar.imap.proto.ResponseCode;

/// NOTIFY. RFC 5465 3.1
record NotifyHandler(Dialogue dialogue, Notifier notifier) {
    Reply run(Command.Notify command, @Nullable SelectedMailbox box) throws IOException {
        if (command.asked().isEmpty()) {
            notifier.none();
            return Reply.ok("NOTIFY done");
        }
        NotifySet asked = command.asked().get();
        if (!asked.unknown().isEmpty()) {
            return Reply.no(new ResponseCode.BadEvent(supported()), "there is no such event");
        }
        if (box != null && !box.mailbox().deleted()) {
            // What has gathered so far is told in any case, whatever is wanted from now on.
            box.syncAll(dialogue.out(), new Telling(true, true, true), Quiet.NONE);
        }
        return notifier.set(asked)
                ? Reply.ok("NOTIFY done")
                : Reply.no(
                        ResponseCode.Plain.NOTIFICATIONOVERFLOW,
                        "more than " + dialogue.settings().messages().watched() + " mailboxes to watch");
    }

    private static List<String> supported() {
        List<String> names = new ArrayList<>();
        for (Event event : Event.values()) {
            names.add(event.wire());
        }
        return names;
    }
}
