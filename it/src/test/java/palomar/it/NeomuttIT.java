package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// neomutt with compression, header cache and QRESYNC, driven by its own macros on a terminal of `script`.
@ExtendWith(SharedServer.class)
class NeomuttIT {
    @TempDir
    private Path folder;

    @Test
    void neomuttResynchronisesItsCacheAndSavesElsewhere(Palomar palomar) throws Exception {
        Result.wants("neomutt");
        Result.wants("script");
        List<String> mails = TestMails.three();
        try (ImapWire imap = ImapWire.login(palomar.imap(), "neomutt")) {
            imap.ok("CREATE Kept");
            imap.append("INBOX", Stored.bytes(mails.get(0)));
            imap.append("INBOX", Stored.bytes(mails.get(1)));
        }
        neomutt(palomar, "<quit>");
        try (ImapWire imap = ImapWire.login(palomar.imap(), "neomutt")) {
            imap.append("INBOX", Stored.bytes(mails.get(2)));
            imap.ok("SELECT INBOX");
            imap.ok("STORE 2 +FLAGS (\\Answered)");
            imap.ok("STORE 1 +FLAGS (\\Deleted)");
            imap.ok("EXPUNGE");
        }
        Path copy = folder.resolve("copy.mbox");
        neomutt(
                palomar,
                "<tag-pattern>~A<enter><tag-prefix><copy-message>" + copy + "<enter>"
                        + "<limit>~Q<enter><first-entry><save-message>=Kept<enter>"
                        + "<limit>~b gr<enter><first-entry><flag-message><sync-mailbox><quit>");
        assertThat(Stored.in(palomar, "neomutt", "Kept"))
                .singleElement()
                .satisfies(kept -> assertThat(kept.text()).isEqualTo(mails.get(1)))
                .satisfies(kept -> assertThat(kept.flags()).contains("\\Answered"));
        assertThat(Stored.in(palomar, "neomutt", "INBOX"))
                .singleElement()
                .satisfies(left -> assertThat(left.text()).isEqualTo(mails.get(2)))
                .satisfies(left -> assertThat(left.flags()).contains("\\Flagged"));
        assertThat(Stored.latin1(Files.readAllBytes(copy)))
                .contains("Subject: second", "\n\nquestion\n")
                .contains(
                        mails.get(2).substring(mails.get(2).indexOf("\r\n\r\n")).replace("\r\n", "\n"))
                .doesNotContain("Subject: first");
    }

    private void neomutt(Palomar palomar, String keys) throws Exception {
        Files.createDirectories(folder.resolve("cache"));
        Path rc = Files.writeString(folder.resolve("neomuttrc"), """
                set folder=imap://neomutt@127.0.0.1:PORT/
                set spoolfile=imap://neomutt@127.0.0.1:PORT/INBOX
                set imap_pass=demo
                set imap_authenticators=login
                set imap_deflate=yes
                set imap_condstore=yes
                set imap_qresync=yes
                set imap_idle=yes
                set header_cache=FOLDER/cache
                set ssl_starttls=no
                set ssl_force_tls=no
                set delete=yes
                set quit=yes
                set confirmappend=no
                set confirmcreate=no
                set wait_key=no
                set sort=mailbox-order
                set mbox_type=mbox
                set move=no
                push "KEYS"
                """.replace("PORT", String.valueOf(palomar.imap()))
                .replace("FOLDER", folder.toString())
                .replace("KEYS", keys));
        Result result = Result.of(
                new byte[0],
                Map.of("TERM", "xterm", "HOME", folder.toString()),
                List.of("script", "-qec", "neomutt -n -F " + rc, "/dev/null"));
        assertThat(result.code()).as(result.out()).isZero();
    }
}
