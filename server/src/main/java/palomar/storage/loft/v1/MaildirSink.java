package palomar.storage.loft.v1;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;

/// One mailbox as a Maildir++ folder: INBOX is the folder itself, others are `.a.b` in it, named in modified
/// UTF-7. One thread.
final class MaildirSink implements Export.Sink {
    private final Path folder;
    private final Mailbox mailbox;
    private final OutputStream uids;

    MaildirSink(Path target, MailboxName name, Mailbox mailbox, MailboxView view) throws IOException {
        this.folder = name.isInbox() ? target : target.resolve(ExportNames.maildirFolder(name));
        this.mailbox = mailbox;
        for (String part : List.of("cur", "new", "tmp")) {
            Files.createDirectories(folder.resolve(part));
        }
        if (!name.isInbox()) {
            Files.write(folder.resolve("maildirfolder"), new byte[0]);
        }
        this.uids = Export.buffered(folder.resolve("dovecot-uidlist"));
        write(uids, "3 V" + mailbox.uidValidity() + " N" + view.uidNext() + "\n");
        keywords();
    }

    /// Only the first 26 have letters; the rest is in no file name.
    private void keywords() throws IOException {
        List<String> names = mailbox.keywords();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(26, names.size()); i++) {
            text.append(i).append(' ').append(names.get(i)).append('\n');
        }
        if (!text.isEmpty()) {
            Files.writeString(folder.resolve("dovecot-keywords"), text.toString(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void message(MessageCursor cursor) throws IOException {
        String unique = cursor.internalDate().getEpochSecond() + ".U" + cursor.uid() + "G" + cursor.guid();
        String base = unique + ".palomar,S=" + cursor.size();
        Path file = folder.resolve("cur").resolve(base + ":2," + letters(cursor));
        try (OutputStream out = Files.newOutputStream(file)) {
            cursor.content().writeTo(out, 0, cursor.size());
        }
        Files.setLastModifiedTime(file, FileTime.from(cursor.internalDate()));
        write(uids, cursor.uid() + " G" + cursor.guid() + " :" + base + "\n");
    }

    /// In ASCII order, as the format wants it.
    private static String letters(MessageCursor cursor) {
        int flags = cursor.systemFlags();
        StringBuilder letters = new StringBuilder();
        letters.append((flags & SystemFlags.DRAFT) != 0 ? "D" : "");
        letters.append((flags & SystemFlags.FLAGGED) != 0 ? "F" : "");
        letters.append((flags & SystemFlags.ANSWERED) != 0 ? "R" : "");
        letters.append((flags & SystemFlags.SEEN) != 0 ? "S" : "");
        letters.append((flags & SystemFlags.DELETED) != 0 ? "T" : "");
        for (int bit = 0; bit < 26; bit++) {
            if ((cursor.keywordBits() >>> bit & 1) != 0) {
                letters.append((char) ('a' + bit));
            }
        }
        return letters.toString();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        uids.close();
    }
}
