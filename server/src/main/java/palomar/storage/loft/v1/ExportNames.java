package palomar.storage.loft.v1;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import palomar.imap.proto.MUtf7;
import palomar.mail.MailboxName;

/// The names of exported mailboxes in a file system: modified UTF-7, so that no locale can spoil them, never two
/// mailboxes under one name, and never longer than a file system takes.
final class ExportNames {
    /// What ext4, XFS, ZFS and others take, in bytes.
    private static final int LONGEST = 255;

    private static final int KEPT = 200;
    private static final String FOLDER_ENDING = ".sbd";

    private ExportNames() {}

    /// Maildir++: `.a.b`. A dot would be a level of its own, so it is written as modified UTF-7 writes other
    /// characters, which it never does by itself.
    static String maildirFolder(MailboxName name) {
        StringBuilder folder = new StringBuilder();
        for (String level : name.value().split("/")) {
            folder.append('.').append(encoded(level).replace(".", "&AC4-"));
        }
        return fitting(folder.toString());
    }

    /// A mailbox that has others below it is a file and a folder, so the folder gets another name. A dot that
    /// would hide the file or make it look like such a folder is written as above.
    static Path mboxFile(Path target, MailboxName name) {
        Path file = target;
        String[] levels = name.value().split("/");
        for (int i = 0; i < levels.length - 1; i++) {
            file = file.resolve(mboxLevel(levels[i]) + FOLDER_ENDING);
        }
        return file.resolve(mboxLevel(levels[levels.length - 1]));
    }

    private static String mboxLevel(String level) {
        String name = encoded(level);
        if (name.endsWith(FOLDER_ENDING)) {
            int dot = name.length() - FOLDER_ENDING.length();
            name = name.substring(0, dot) + "&AC4-" + name.substring(dot + 1);
        }
        return fitting(name.startsWith(".") ? "&AC4-" + name.substring(1) : name);
    }

    private static String encoded(String level) {
        return MUtf7.encode(level);
    }

    /// What is too long keeps its beginning, and is told from others of the same beginning by a hash.
    private static String fitting(String name) {
        if (name.length() <= LONGEST - FOLDER_ENDING.length()) {
            return name;
        }
        return name.substring(0, KEPT) + "~" + hash(name);
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
