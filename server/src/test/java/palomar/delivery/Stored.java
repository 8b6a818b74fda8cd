package palomar.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import palomar.mail.MailboxName;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// What is in a store, as text.
public final class Stored {
    private Stored() {}

    /// Every message of a mailbox, oldest first, one character a byte.
    public static List<String> messages(Storage storage, String user, String mailbox) {
        List<String> all = new ArrayList<>();
        try (UserMail mail = storage.open(user);
                Mailbox box = mail.open(
                        mail.find(MailboxName.of(mailbox)).orElseThrow().id());
                MessageCursor cursor = box.cursor()) {
            for (int seq = 1; seq <= box.view().count(); seq++) {
                if (cursor.seek(box.view().uid(seq))) {
                    all.add(new String(cursor.content().bytes(), StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
