package palomar.storage.loft.v1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.UidSet;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.UserMail;

/// Writes one user's mailboxes out, message by message, and all annotations. Changes nothing in the store. One
/// use, one thread.
final class Export {
    private final List<Shard> shards;
    private final String user;
    private final ExportFormat format;
    private final Path target;

    /// Writes the messages of one mailbox.
    interface Sink extends AutoCloseable {
        void message(MessageCursor cursor) throws IOException;

        @Override
        void close() throws IOException;
    }

    Export(List<Shard> shards, String user, ExportFormat format, Path target) {
        this.shards = shards;
        this.user = user;
        this.format = format;
        this.target = target;
    }

    long run() throws IOException {
        long messages = 0;
        try (UserMail mail = find();
                AnnotationSink annotations = new AnnotationSink(annotationFile())) {
            Files.createDirectories(target);
            annotations.ofServer(mail);
            for (UserMail.Entry entry : mail.mailboxes()) {
                annotations.ofMailbox(mail, entry);
                try (Mailbox mailbox = mail.open(entry.id())) {
                    messages += mailbox(entry.name(), mailbox, annotations);
                }
            }
        }
        return messages;
    }

    private UserMail find() {
        for (Shard shard : shards) {
            UserNode node = shard.catalog().user(user);
            if (node != null) {
                return new LoftUserMail(shard, node);
            }
        }
        throw new MailException(MailError.NOT_FOUND, "no such user");
    }

    /// A name that no mailbox has.
    private Path annotationFile() {
        return target.resolve(
                switch (format) {
                    case MBOX -> ".palomar-annotations";
                    case MAILDIR -> "palomar-annotations";
                });
    }

    private long mailbox(MailboxName name, Mailbox mailbox, AnnotationSink annotations) throws IOException {
        MailboxView view = mailbox.view();
        UidSet annotated = mailbox.annotated();
        long written = 0;
        try (Sink sink = sink(name, mailbox, view);
                MessageCursor cursor = mailbox.cursor()) {
            for (int seq = 1; seq <= view.count(); seq++) {
                if (cursor.seek(view.uid(seq)) && !cursor.expunged()) {
                    sink.message(cursor);
                    written++;
                    if (annotated.contains(cursor.uid())) {
                        annotations.ofMessage(
                                name,
                                cursor.uid(),
                                mailbox.annotations(cursor.uid()).under(""));
                    }
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
