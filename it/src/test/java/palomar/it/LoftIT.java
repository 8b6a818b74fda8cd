package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `palomar loft` on a store that is served, and on one that is not.
class LoftIT {
    private static final String MARK = "a line that is easy to find in the log";

    @TempDir
    private Path folder;

    @Test
    void exportVerifyAndRebuildKeepEveryByte() throws Exception {
        Path data = folder.resolve("demo");
        byte[] sent = mail("first");
        try (Palomar palomar = Palomar.demo(data, Palomar.freeBasePort())) {
            deliver(palomar, sent);
            deliver(palomar, mail("second"));
            Result online = loft("verify", data);
            assertThat(online.out()).contains("no damage found");
            assertThat(online.code()).isZero();
            assertThat(loft("stats", data).out()).contains("2 messages");
            assertThat(loft("rebuild", data).code()).isEqualTo(75);
        }
        assertThat(loft("rebuild", data).code()).isZero();
        Path out = folder.resolve("maildir");
        Result export =
                Palomar.run("loft", "export", "--data", data.toString(), "--user", "alice", "--output", out.toString());
        assertThat(export.out()).contains("alice: 2 messages");
        List<byte[]> exported = exported(out);
        assertThat(exported).hasSize(2);
        assertThat(exported).anySatisfy(bytes -> assertThat(text(bytes)).endsWith(text(sent)));
        assertThat(Palomar.run("loft", "export", "--data", data.toString(), "--user", "nobody", "--output", out + "2")
                        .code())
                .isNotZero();
    }

    @Test
    void damageIsNamedAndTheRestIsServed() throws Exception {
        Path data = folder.resolve("demo");
        int base = Palomar.freeBasePort();
        try (Palomar palomar = Palomar.demo(data, base)) {
            deliver(palomar, mail("spoiled"));
            deliver(palomar, mail("sound"));
        }
        spoil(data, "Subject: spoiled");
        Result verify = loft("verify", data);
        assertThat(verify.out()).contains("DAMAGED");
        assertThat(verify.code()).isEqualTo(65);
        try (Palomar palomar = Palomar.demo(data, base);
                ImapWire imap = ImapWire.login(palomar.imap(), "alice")) {
            imap.ok("SELECT INBOX");
            assertThat(imap.ok("FETCH 2 BODY.PEEK[]").getFirst().literals()).hasSize(1);
            assertThat(imap.command("FETCH 1:2 BODY.PEEK[]").getLast().text()).contains("NO [CORRUPTION]");
            assertThat(imap.ok("SEARCH SUBJECT sound").getFirst().text()).contains("* SEARCH 2");
        }
    }

    private static Result loft(String verb, Path data) throws Exception {
        return Palomar.run("loft", verb, "--data", data.toString());
    }

    private static byte[] mail(String subject) {
        return ("From: a@example.org\r\nSubject: " + subject + "\r\n\r\n" + MARK + " " + subject + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void deliver(Palomar palomar, byte[] mail) throws IOException {
        try (LmtpWire lmtp = LmtpWire.connect(palomar.lmtp())) {
            assertThat(lmtp.deliver(mail, "alice@localhost")).allMatch(answer -> answer.startsWith("250"));
        }
    }

    private static List<byte[]> exported(Path maildir) throws IOException {
        try (Stream<Path> files = Files.walk(maildir)) {
            return files.filter(file ->
                            file.getParent().endsWith("cur") || file.getParent().endsWith("new"))
                    .filter(Files::isRegularFile)
                    .map(LoftIT::read)
                    .toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// Flips a bit in the body that has this text, wherever in the log it lies.
    private static void spoil(Path data, String wanted) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".lof")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                int at = text(bytes).indexOf(wanted + "\r\n\r\n" + MARK);
                if (at >= 0) {
                    bytes[at + wanted.length() + 10] ^= 1;
                    Files.write(file, bytes, StandardOpenOption.WRITE);
                    return;
                }
            }
        }
        throw new IllegalStateException("no body with " + wanted);
    }
}
