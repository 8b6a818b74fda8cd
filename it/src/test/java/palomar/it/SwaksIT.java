package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Delivery with swaks, reading with curl: what goes in comes out, to the byte.
class SwaksIT {
    @TempDir
    private Path folder;

    @Test
    void whatSwaksDeliversCurlReads() throws Exception {
        Result.needs("swaks");
        Result.needs("curl");
        Path mail = Files.writeString(
                folder.resolve("mail"), TestMails.UGLY.replace("\r\n", "\n"), StandardCharsets.ISO_8859_1);
        try (Palomar palomar = Palomar.demo(folder.resolve("demo"), Palomar.freeBasePort())) {
            Result swaks = Result.client(
                    "swaks",
                    "--protocol",
                    "LMTP",
                    "--server",
                    "127.0.0.1:" + palomar.lmtp(),
                    "--from",
                    "bob@example.org",
                    "--to",
                    "alice@localhost,carol@localhost",
                    "--data",
                    "@" + mail,
                    "--hide-all");
            assertThat(swaks.code()).isZero();
            for (String user : List.of("alice", "carol")) {
                for (String url :
                        List.of("imap://127.0.0.1:" + palomar.imap(), "imaps://127.0.0.1:" + palomar.imaps())) {
                    Result curl = Result.client(
                            "curl", "-sS", "--insecure", "--user", user + ":demo", url + "/INBOX;MAILINDEX=1");
                    String read = new String(curl.bytes(), StandardCharsets.ISO_8859_1);
                    assertThat(read)
                            .contains("Return-Path: <bob@example.org>\r\n")
                            .contains(TestMails.UGLY);
                }
            }
        }
    }

    @Test
    void swaksSpeaksTlsAndPipelining() throws Exception {
        Result.needs("swaks");
        try (Palomar palomar = Palomar.demo(folder.resolve("demo"), Palomar.freeBasePort())) {
            Result tls = Result.client(
                    "swaks",
                    "--protocol",
                    "LMTP",
                    "--tls",
                    "--server",
                    "127.0.0.1:" + palomar.lmtp(),
                    "--from",
                    "<>",
                    "--to",
                    "alice+detail@localhost",
                    "--body",
                    "hello",
                    "--pipeline");
            assertThat(tls.out()).contains("=== TLS started").contains("250 2.");
        }
    }
}
