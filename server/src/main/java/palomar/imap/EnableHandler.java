package palomar.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.Command;

/// ENABLE. RFC 9051 6.3.1, RFC 5161; unknown words are passed over.
record EnableHandler(Dialogue dialogue) {

    Reply run(Command.Enable command, @Nullable SelectedMailbox box) throws IOException {
        Enabled enabled = dialogue.enabled();
        List<String> now = new ArrayList<>();
        for (String word : command.capabilities()) {
            switch (word) {
                case "IMAP4REV2" -> {
                    if (!enabled.rev2()) {
                        dialogue.enableRev2();
                        now.add("IMAP4rev2");
                    }
                }
                case "CONDSTORE" -> {
                    if (!enabled.condstore()) {
                        now.add("CONDSTORE");
                        condstore(box);
                    }
                }
                case "QRESYNC" -> {
                    if (!enabled.qresync()) {
                        now.add("QRESYNC");
                        condstore(box);
                        enabled.enableQresync();
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

    private void condstore(@Nullable SelectedMailbox box) throws IOException {
        if (box == null) {
            dialogue.enabled().enableCondstore();
        } else {
            dialogue.enableCondstore(box);
        }
    }
}
