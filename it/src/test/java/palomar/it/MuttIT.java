package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// mutt, driven by its own macros on a terminal of `script`.
class MuttIT {
    @TempDir
    private Path folder;

    @Test
    void muttReadsFlagsCopiesAndDeletes() throws Exception {
        Result.needs("mutt");
        Result.needs("script");
        try (Palomar palomar = Palomar.demo(folder.resolve("demo"), Palomar.freeBasePort())) {
            try (LmtpWire lmtp = LmtpWire.connect(palomar.lmtp())) {
                for (String subject : List.of("one", "two", "three")) {
                    lmtp.deliver(DemoIT.mail(subject), "alice@localhost");
                }
            }
            Path copy = folder.resolve("copy.mbox");
            mutt(
                    palomar,
                    "<tag-pattern>~s two<enter><tag-prefix><copy-message>" + copy + "<enter>"
                            + "<limit>~A<enter><first-entry><flag-message><last-entry><delete-message><sync-mailbox><quit>");
            String copied = Files.readString(copy, StandardCharsets.US_ASCII);
            assertThat(copied).contains("Subject: two").contains("\n\nhello\n").doesNotContain("Subject: one");
            try (ImapWire imap = ImapWire.login(palomar.imap(), "alice")) {
                imap.ok("SELECT INBOX");
                assertThat(imap.ok("FETCH 1:* (FLAGS ENVELOPE)").toString())
                        .contains("one")
                        .contains("two")
                        .doesNotContain("three")
                        .contains("\\Flagged");
            }
        }
    }

    private void mutt(Palomar palomar, String keys) throws Exception {
        Path rc = Files.writeString(
                folder.resolve("muttrc"),
                String.join(
                        "\n",
                        "set folder=imap://alice@127.0.0.1:" + palomar.imap() + "/",
                        "set spoolfile=imap://alice@127.0.0.1:" + palomar.imap() + "/INBOX",
                        "set imap_pass=demo",
                        "set ssl_starttls=no",
                        "set ssl_force_tls=no",
                        "set imap_authenticators=login",
                        "set delete=yes",
                        "set quit=yes",
                        "set confirmappend=no",
                        "set confirmcreate=no",
                        "set copy=no",
                        "set wait_key=no",
                        "set sort=mailbox-order",
                        "set header_cache=",
                        "set mbox_type=mbox",
                        "set move=no",
                        "push \"" + keys + "\"",
                        ""));
        Result result = Result.of(
                new byte[0],
                Map.of("TERM", "xterm", "HOME", folder.toString()),
                List.of("script", "-qec", "mutt -n -F " + rc, "/dev/null"));
        assertThat(result.code()).as(result.out()).isZero();
    }
}
