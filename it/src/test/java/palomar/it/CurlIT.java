package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurlIT {
    @TempDir
    private Path folder;

    @Test
    void curlAppendsSearchesFlagsAndDeletes() throws Exception {
        Result.needs("curl");
        Path mail = Files.writeString(folder.resolve("mail"), TestMails.UGLY, StandardCharsets.ISO_8859_1);
        try (Palomar palomar = Palomar.demo(folder.resolve("demo"), Palomar.freeBasePort())) {
            String url = "imap://127.0.0.1:" + palomar.imap();
            curl(url + "/INBOX", "--upload-file", mail.toString());
            assertThat(curl(url + "/INBOX?SUBJECT%20und").out()).contains("* SEARCH 1");
            assertThat(curl(url + "/INBOX;UID=1").bytes())
                    .isEqualTo(TestMails.UGLY.getBytes(StandardCharsets.ISO_8859_1));
            curl(url + "/INBOX", "--request", "STORE 1 +FLAGS (\\Deleted)");
            curl(url + "/INBOX", "--request", "EXPUNGE");
            assertThat(curl(url, "--request", "STATUS INBOX (MESSAGES)").out()).contains("MESSAGES 0");
            curl(url, "--request", "CREATE Archive/2026");
            assertThat(curl(url).out()).contains("Archive");
        }
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        Result.needs("curl");
        try (Palomar palomar = Palomar.demo(folder.resolve("demo"), Palomar.freeBasePort())) {
            Result curl = Result.of(
                    new byte[0],
                    java.util.List.of(
                            "curl", "-sS", "--user", "alice:wrong", "imap://127.0.0.1:" + palomar.imap() + "/INBOX"));
            assertThat(curl.code()).isEqualTo(67); // CURLE_LOGIN_DENIED
        }
    }

    private static Result curl(String url, String... more) throws Exception {
        java.util.List<String> command =
                new java.util.ArrayList<>(java.util.List.of("curl", "-sS", "--user", "alice:demo", url));
        command.addAll(java.util.List.of(more));
        return Result.client(command.toArray(String[]::new));
    }
}
