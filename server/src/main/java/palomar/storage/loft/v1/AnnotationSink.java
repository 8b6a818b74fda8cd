package palomar.storage.loft.v1;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailboxName;
import palomar.storage.UserMail;

/// Writes annotations beside exported mail, which has no place for them itself: one value a line, as `mailbox`,
/// `uid`, `entry` and `value` with tabs between. The value is base64. The mailbox is empty for annotations of the
/// server, the UID 0 for those of a mailbox. The file is made with its first line. One thread.
final class AnnotationSink implements AutoCloseable {
    /// Of annotations of the server and of mailboxes: what stands before their entries.
    private static final String METADATA = "metadata";

    private final Path file;
    private @Nullable OutputStream out;

    AnnotationSink(Path file) {
        this.file = file;
    }

    void ofServer(UserMail mail) throws IOException {
        write("", 0, METADATA, mail.attributes().under(METADATA + "/"));
    }

    void ofMailbox(UserMail mail, UserMail.Entry entry) throws IOException {
        write(entry.name().value(), 0, METADATA, mail.attributes(entry.id()).under(METADATA + "/"));
    }

    void ofMessage(MailboxName mailbox, long uid, SortedMap<String, byte[]> values) throws IOException {
        write(mailbox.value(), uid, "", values);
    }

    private void write(String mailbox, long uid, String prefix, SortedMap<String, byte[]> values) throws IOException {
        for (var each : values.entrySet()) {
            String line = mailbox
                    + '\t'
                    + uid
                    + '\t'
                    + each.getKey().substring(prefix.length())
                    + '\t'
                    + Base64.getEncoder().encodeToString(each.getValue())
                    + '\n';
            OutputStream open = out;
            if (open == null) {
                open = Export.buffered(file);
                out = open;
            }
            open.write(line.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
