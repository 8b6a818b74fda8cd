package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two Maildirs that meet on the server through mbsync, while the server is killed and started again in between.
class MbsyncIT {
    private static final int MESSAGES = 60;

    @TempDir
    private Path folder;

    @Test
    void twoMaildirsBecomeEqualThroughAServerThatIsKilled() throws Exception {
        Result.needs("mbsync");
        Path data = folder.resolve("demo");
        int base = Palomar.freeBasePort();
        Path left = maildir("left");
        Path right = maildir("right");
        fill(left, new Random(7));
        Palomar palomar = Palomar.demo(data, base);
        sync("left", palomar.imap());
        palomar.kill();

        palomar = Palomar.demo(data, base);
        sync("right", palomar.imap());
        assertThat(contents(right)).isEqualTo(contents(left)).hasSize(MESSAGES);
        flagAndDelete(right);
        sync("right", palomar.imap());
        palomar.kill();

        palomar = Palomar.demo(data, base);
        sync("left", palomar.imap());
        assertThat(contents(left)).isEqualTo(contents(right)).hasSize(MESSAGES - 1);
        assertThat(contents(left).values()).contains("FS");
        sync("right", palomar.imap());
        assertThat(contents(right)).isEqualTo(contents(left));
        palomar.close();
    }

    private Path maildir(String name) throws IOException {
        Path inbox = folder.resolve(name + "/INBOX");
        for (String part : List.of("cur", "new", "tmp")) {
            Files.createDirectories(inbox.resolve(part));
        }
        return inbox;
    }

    private static void fill(Path inbox, Random random) throws IOException {
        for (int i = 0; i < MESSAGES; i++) {
            StringBuilder text = new StringBuilder(
                    "From: a@example.org\nMessage-ID: <" + i + "@example.org>\nSubject: mail " + i + "\n\n");
            text.repeat("line of mail " + i + " \u00e4\n", random.nextInt(2000));
            Files.writeString(inbox.resolve("cur/1700000000." + i + ".test:2,"), text);
        }
    }

    /// A user's day: one message read and flagged, one deleted.
    private static void flagAndDelete(Path inbox) throws IOException {
        List<Path> files = files(inbox);
        Path flagged = files.get(3);
        String name = flagged.getFileName().toString();
        Files.move(flagged, inbox.resolve("cur/" + name.substring(0, name.indexOf(":2,")) + ":2,FS"));
        Path deleted = files.get(5);
        String gone = deleted.getFileName().toString();
        Files.move(deleted, inbox.resolve("cur/" + gone.substring(0, gone.indexOf(":2,")) + ":2,T"));
    }

    private static List<Path> files(Path inbox) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String part : List.of("cur", "new")) {
            try (Stream<Path> found = Files.list(inbox.resolve(part))) {
                found.sorted().forEach(files::add);
            }
        }
        return files;
    }

    /// Flags by content, without the headers that mbsync adds for itself.
    private static Map<String, String> contents(Path inbox) throws IOException {
        Map<String, String> contents = new java.util.TreeMap<>();
        for (Path file : files(inbox)) {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            String name = file.getFileName().toString();
            String plain = text.replaceFirst("X-TUID: [^\n]*\n", "");
            String flags = name.contains(":2,") ? name.substring(name.indexOf(":2,") + 3) : "";
            assertThat(contents.put(plain, flags)).as("twice: " + name).isNull();
        }
        return contents;
    }

    private void sync(String name, int port) throws Exception {
        Path rc = folder.resolve(name + ".rc");
        Files.createDirectories(folder.resolve(name + "-state"));
        Files.writeString(
                rc,
                String.join(
                        "\n",
                        "IMAPStore server",
                        "Host 127.0.0.1",
                        "Port " + port,
                        "User alice",
                        "Pass demo",
                        "SSLType None",
                        "AuthMechs LOGIN",
                        "",
                        "MaildirStore local",
                        "Path " + folder + "/" + name + "/",
                        "Inbox " + folder + "/" + name + "/INBOX",
                        "",
                        "Channel all",
                        "Far :server:",
                        "Near :local:",
                        "Patterns INBOX",
                        "Create Both",
                        "Expunge Both",
                        "SyncState " + folder + "/" + name + "-state/",
                        ""));
        Result.client("mbsync", "-c", rc.toString(), "all");
    }
}
