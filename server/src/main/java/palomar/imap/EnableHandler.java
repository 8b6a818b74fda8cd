package palomar.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.Command;
import palomar.storage.UserMail;

/// ENABLE. RFC 9051 6.3.1, RFC 5161, UTF8=ACCEPT: RFC 9755 3; unknown words are passed over.
record EnableHandler(Dialogue dialogue) {

    Reply run(Command.Enable command, UserMail mail, @Nullable SelectedMailbox box) throws IOException {
        Enabled enabled = dialogue.enabled();
        List<String> now = new ArrayList<>();
        if (box != null && command.capabilities().contains("UTF8=ACCEPT")) {
            throw new BadArgument("UTF8=ACCEPT can't be enabled with a mailbox selected");
        }
        for (String word : command.capabilities()) {
            switch (word) {
                case "IMAP4REV2" -> {
                    if (!enabled.rev2()) {
                        dialogue.enableRev2();
                        now.add("IMAP4rev2");
                    }
                }
                case "UTF8=ACCEPT" -> {
                    if (!enabled.utf8Accept()) {
                        dialogue.enableUtf8();
                        now.add("UTF8=ACCEPT");
                    }
                }
                case "CONDSTORE" -> {
                    if (!enabled.condstore()) {
                        now.add("CONDSTORE");
                        dialogue.knowsModSeqs(box);
                    }
                }
                case "QRESYNC" -> {
                    if (!enabled.qresync()) {
                        now.add("QRESYNC");
                        dialogue.knowsModSeqs(box);
                        enabled.enableQresync();
                    }
                }
                case "METADATA", "METADATA-SERVER" -> {
                    if (dialogue.enableMetadata(mail, word.equals("METADATA"))) {
                        now.add(word);
                    }
                }
                case "UIDONLY" -> {
                    if (!enabled.uidOnly()) {
                        dialogue.enableUidOnly();
                        now.add("UIDONLY");
                    }
                }
                default -> {
                    // RFC 9051 6.3.1: ignored
                }
            }
        }
        dialogue.out().enabled(now);
        return Reply.ok("ENABLE done");
    }
}
