package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Programs that fetch mail from a server and hand it to another program.
@ExtendWith(SharedServer.class)
class FetchersIT {
    private static final String ADDED = "Return-Path: <unknown>\n";
    private static final String ADDED_TOO = "X-getmail-retrieved-from-mailbox: INBOX\n";

    @TempDir
    private Path folder;

    @Test
    void fetchmailTakesNewMailOnceAndLeavesTheRest(Palomar palomar) throws Exception {
        Result.wants("fetchmail");
        List<String> mails = TestMails.three();
        try (ImapWire imap = ImapWire.login(palomar.imap(), "fetchmail")) {
            for (String mail : mails) {
                imap.append("INBOX", Stored.bytes(mail));
            }
            imap.ok("SELECT INBOX");
            imap.ok("STORE 1 +FLAGS (\\Seen)");
        }
        fetchmail(palomar, "keep");
        assertThat(handedOver()).isEqualTo(unix(mails.get(1) + mails.get(2)));
        assertThat(Stored.in(palomar, "fetchmail", "INBOX"))
                .extracting(Stored::flags)
                .allMatch(flags -> flags.contains("\\Seen"));
        Files.delete(folder.resolve("out"));

        fetchmail(palomar, "fetchall no keep");
        assertThat(handedOver()).isEqualTo(unix(mails.get(0) + mails.get(1) + mails.get(2)));
        assertThat(Stored.in(palomar, "fetchmail", "INBOX")).isEmpty();
    }

    @Test
    void getmailFilesAwayWhatItHasRetrieved(Palomar palomar) throws Exception {
        Result.wants("getmail");
        List<String> mails = TestMails.three();
        try (ImapWire imap = ImapWire.login(palomar.imap(), "getmail")) {
            imap.ok("CREATE Retrieved");
            for (String mail : mails) {
                imap.append("INBOX", Stored.bytes(mail));
            }
        }
        Path rc = Files.writeString(
                folder.resolve("getmailrc"),
                """
                [retriever]
                type = SimpleIMAPRetriever
                server = 127.0.0.1
                port = PORT
                username = getmail
                password = demo
                mailboxes = ("INBOX",)
                move_on_delete = Retrieved

                [destination]
                type = MDA_external
                path = /usr/bin/tee
                arguments = ("-a", "FOLDER/out")
                allow_root_commands = true

                [options]
                delete = true
                delivered_to = false
                received = false
                verbose = 0
                """.replace("FOLDER", folder.toString()).replace("PORT", String.valueOf(palomar.imap())),
                StandardCharsets.US_ASCII);
        Result.client(
                Map.of("HOME", folder.toString()),
                "getmail",
                "--getmaildir",
                folder.toString(),
                "--rcfile",
                rc.toString());
        assertThat(handedOver().replace(ADDED, "").replace(ADDED_TOO, ""))
                .isEqualTo(unix(mails.get(0) + mails.get(1) + mails.get(2)));
        assertThat(Stored.in(palomar, "getmail", "INBOX")).isEmpty();
        assertThat(Stored.in(palomar, "getmail", "Retrieved"))
                .extracting(Stored::text)
                .isEqualTo(mails);
    }

    private void fetchmail(Palomar palomar, String keep) throws Exception {
        Path rc = folder.resolve("fetchmailrc");
        Files.writeString(
                rc,
                "set invisible\npoll 127.0.0.1 service " + palomar.imap() + " protocol imap auth password\n"
                        + "  user fetchmail password demo sslproto '' no rewrite " + keep + "\n"
                        + "  mda \"cat >> " + folder.resolve("out") + "\"\n");
        Files.setPosixFilePermissions(rc, PosixFilePermissions.fromString("rwx------"));
        Result.client(
                Map.of("HOME", folder.toString(), "FETCHMAILHOME", folder.toString()),
                "fetchmail",
                "--nosyslog",
                "-f",
                rc.toString());
    }

    private String handedOver() throws Exception {
        return Stored.latin1(Files.readAllBytes(folder.resolve("out")));
    }

    private static String unix(String text) {
        return text.replace("\r\n", "\n");
    }
}
