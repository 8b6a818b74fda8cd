package palomar.storage.loft.v1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.UserMail;

/// Writes one user's mailboxes out, message by message. One use, one thread.
final class Export {
    private final LoftStorage storage;
    private final String user;
    private final ExportFormat format;
    private final Path target;

    /// Writes the messages of one mailbox.
    interface Sink extends AutoCloseable {
        void message(MessageCursor cursor) throws IOException;

        @Override
        void close() throws IOException;
    }

    Export(LoftStorage storage, String user, ExportFormat format, Path target) {
        this.storage = storage;
        this.user = user;
        this.format = format;
        this.target = target;
    }

    long run() throws IOException {
        if (storage.users().noneMatch(user::equals)) {
            throw new MailException(MailError.NOT_FOUND, "no such user");
        }
        Files.createDirectories(target);
        long messages = 0;
        try (UserMail mail = storage.open(user)) {
            for (UserMail.Entry entry : mail.mailboxes()) {
                try (Mailbox mailbox = mail.open(entry.id())) {
                    messages += mailbox(entry.name(), mailbox);
                }
            }
        }
        return messages;
    }

    private long mailbox(MailboxName name, Mailbox mailbox) throws IOException {
        MailboxView view = mailbox.view();
        long written = 0;
        try (Sink sink = sink(name, mailbox, view);
                MessageCursor cursor = mailbox.cursor()) {
            for (int seq = 1; seq <= view.count(); seq++) {
                if (cursor.seek(view.uid(seq)) && !cursor.expunged()) {
                    sink.message(cursor);
                    written++;
                }
            }
        }
        return written;
    }

    private Sink sink(MailboxName name, Mailbox mailbox, MailboxView view) throws IOException {
        return switch (format) {
            case MBOX -> new MboxSink(buffered(mboxFile(name)), mailbox);
            case MAILDIR -> new MaildirSink(target, name, mailbox, view);
        };
    }

    private Path mboxFile(MailboxName name) throws IOException {
        Path file = ExportNames.mboxFile(target, name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return file;
    }

    static OutputStream buffered(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file), 64 << 10);
    }
}
