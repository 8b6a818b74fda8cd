package palomar.contract;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import palomar.mail.Flags;
import palomar.storage.Mailbox;
import palomar.storage.Mailbox.Appended;
import palomar.storage.Mailbox.NewMessage;
import palomar.storage.Staging;
import palomar.storage.Storage;

/// Puts messages into mailboxes in one line.
public final class MailboxFixture {
    private MailboxFixture() {}

    public static Appended append(Storage storage, Mailbox mailbox, byte[] content) throws IOException {
        return append(storage, mailbox, content, Flags.NONE, StorageContract.DATE);
    }

    public static Appended append(Storage storage, Mailbox mailbox, byte[] content, Flags flags, Instant date)
            throws IOException {
        try (Staging staging = storage.stage()) {
            staging.write(content);
            return mailbox.append(List.of(new NewMessage(staging.finish(), new byte[0], flags, date)));
        }
    }
}
