package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing of a password or a message may stand in a log, at the most talkative level either.
class SecretsIT {
    private static final String PASSWORD = "Kaleidoskop7";
    private static final String WRONG = "Wackelpudding8";
    private static final String BODY = "Zwischenfruchtanbau";
    private static final String SUBJECT = "Quittungsbeleg";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void noPasswordAndNoMessageStandsInADebugLog(String format) throws Exception {
        int base = Palomar.freeBasePort();
        Path file = Files.writeString(
                folder.resolve("p.toml"),
                "[server]\ndata = \"" + folder + "/data\"\n[log]\nlevel = \"debug\"\nformat = \"" + format + "\"\n"
                        + listener("imap", base + 143) + listener("lmtp", base + 24));
        Palomar.runWith(PASSWORD + "\n", "user", "add", "alice", "--stdin", "-c", file.toString());
        String log;
        try (Palomar palomar = Palomar.configured(file)) {
            talk(base);
            Result delivered = Palomar.runWith(mail(), "deliver", "--user", "alice", "-c", file.toString());
            assertThat(delivered.code()).as(delivered.err()).isZero();
            assertThat(delivered.err()).isEmpty();
            log = palomar.err();
        }
        assertThat(log).contains("imap.command").contains("imap.login").contains("delivery.stored");
        assertThat(log.lines().filter(line -> line.contains("auth.denied")))
                .as("failed logins at info")
                .isNotEmpty();
        for (String secret : List.of(PASSWORD, WRONG, BODY, SUBJECT)) {
            assertThat(log)
                    .doesNotContainIgnoringCase(secret)
                    .doesNotContain(plain(secret))
                    .doesNotContain(base64(secret));
        }
    }

    private static void talk(int base) throws Exception {
        try (ImapWire imap = ImapWire.connect(base + 143)) {
            assertThat(last(imap, "LOGIN alice " + WRONG)).contains(" NO ");
            assertThat(last(imap, "LOGIN alice \"" + WRONG + "\" more")).contains(" BAD ");
            assertThat(last(imap, "AUTHENTICATE PLAIN " + plain(WRONG))).contains(" NO ");
            assertThat(last(imap, "AUTHENTICATE PLAIN " + plain(WRONG) + " more"))
                    .contains(" BAD ");
            imap.ok("AUTHENTICATE PLAIN " + plain(PASSWORD));
            assertThat(imap.append("INBOX", mail().replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII)))
                    .contains(" OK ");
            imap.ok("SELECT INBOX");
            imap.ok("FETCH 1 (FLAGS ENVELOPE BODY[])");
            imap.ok("SEARCH SUBJECT " + SUBJECT + " BODY " + BODY);
            assertThat(last(imap, "SEARCH SUBJECT " + SUBJECT + " FROB")).contains(" BAD ");
        }
        try (ImapWire imap = ImapWire.connect(base + 143)) {
            imap.ok("LOGIN alice " + PASSWORD);
            assertThat(last(imap, PASSWORD)).contains(" BAD ");
        }
        try (LmtpWire lmtp = LmtpWire.connect(base + 24)) {
            byte[] bytes = mail().replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
            assertThat(lmtp.deliver(bytes, "alice")).allMatch(answer -> answer.startsWith("250"));
        }
    }

    private static String last(ImapWire imap, String command) throws Exception {
        return imap.command(command).getLast().text();
    }

    private static String mail() {
        return "From: a@example.org\nSubject: " + SUBJECT + "\nContent-Type: text/plain; charset=" + BODY + "\n\n"
                + BODY + "\n";
    }

    private static String plain(String password) {
        return base64("\0alice\0" + password);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String listener(String protocol, int port) {
        return "[[listener]]\nprotocol = \"" + protocol + "\"\naddress = \"127.0.0.1\"\nport = " + port + "\n";
    }
}
