package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Two Maildir trees that meet on the server through offlineimap. Not compressed: its imaplib2 3.05 waits for
/// more from the network while the rest of what it has is not inflated, when a piece becomes more than 32 KiB.
@ExtendWith(SharedServer.class)
class OfflineImapIT {
    private static final String USER = "offlineimap";

    @TempDir
    private Path folder;

    @Test
    void twoMaildirTreesBecomeEqualInBothDirections(Palomar palomar) throws Exception {
        Result.wants("offlineimap");
        List<String> mails = TestMails.three().stream()
                .map(mail -> mail.replace("\r\n", "\n"))
                .toList();
        put("left/INBOX", "1700000001.1.x:2,S", mails.get(0));
        put("left/INBOX", "1700000002.2.x:2,F", mails.get(1));
        put("left/J&AOQ-nner", "1700000003.3.x:2,RS", mails.get(2));
        sync("left", palomar);
        sync("right", palomar);
        assertThat(tree("right")).isEqualTo(tree("left")).hasSize(3);
        assertThat(tree("right"))
                .containsEntry("INBOX " + mails.get(0), "S")
                .containsEntry("J&AOQ-nner " + mails.get(2), "RS");

        Path read = find("right/INBOX", "question");
        Files.move(read, read.resolveSibling(named(read, "FS")));
        Files.delete(find("right/INBOX", "first"));
        put("right/Archive", "1700000004.4.x:2,", mails.get(0));
        sync("right", palomar);
        sync("left", palomar);
        assertThat(tree("left"))
                .isEqualTo(tree("right"))
                .isEqualTo(Map.of(
                        "INBOX " + mails.get(1), "FS",
                        "J&AOQ-nner " + mails.get(2), "RS",
                        "Archive " + mails.get(0), ""));
        assertThat(Stored.in(palomar, USER, "INBOX"))
                .containsExactly(Stored.of(TestMails.three().get(1), "\\Flagged", "\\Seen"));
        assertThat(Stored.in(palomar, USER, "Archive"))
                .containsExactly(Stored.of(TestMails.three().get(0)));
    }

    private void put(String maildir, String name, String text) throws IOException {
        for (String part : List.of("cur", "new", "tmp")) {
            Files.createDirectories(folder.resolve(maildir).resolve(part));
        }
        Files.write(folder.resolve(maildir).resolve("cur").resolve(name), Stored.bytes(text));
    }

    private Path find(String maildir, String word) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(maildir))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Stored.latin1(Files.readAllBytes(file)).contains(word)) {
                    return file;
                }
            }
        }
        throw new IllegalStateException("no file with " + word);
    }

    private static String named(Path file, String flags) {
        String name = file.getFileName().toString();
        return name.substring(0, name.indexOf(":2,")) + ":2," + flags;
    }

    /// Flags by mailbox and content.
    private Map<String, String> tree(String name) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        Path top = folder.resolve(name);
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String mailbox = top.relativize(file.getParent().getParent()).toString();
                String base = file.getFileName().toString();
                String flags = base.contains(":2,") ? base.substring(base.indexOf(":2,") + 3) : "";
                String text = Stored.latin1(Files.readAllBytes(file));
                assertThat(tree.put(mailbox + " " + text, flags)).as("twice").isNull();
            }
        }
        return tree;
    }

    private void sync(String name, Palomar palomar) throws Exception {
        Files.createDirectories(folder.resolve(name));
        Path rc = Files.writeString(
                folder.resolve(name + ".rc"),
                """
                [general]
                accounts = all
                metadata = FOLDER/meta-NAME
                ui = quiet

                [Account all]
                localrepository = local
                remoterepository = remote

                [Repository local]
                type = Maildir
                localfolders = FOLDER/NAME
                sep = /

                [Repository remote]
                type = IMAP
                remotehost = 127.0.0.1
                remoteport = PORT
                remoteuser = offlineimap
                remotepass = demo
                ssl = no
                starttls = no
                maxconnections = 1
                """.replace("FOLDER", folder.toString())
                        .replace("NAME", name)
                        .replace("PORT", String.valueOf(palomar.imap())),
                StandardCharsets.US_ASCII);
        Result.client(Map.of("HOME", folder.toString()), "offlineimap", "-o", "-c", rc.toString());
    }
}
