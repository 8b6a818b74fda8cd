package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Programs that fetch mail by POP3, with STLS and over TLS: what stays on the server comes once, what is deleted
/// is gone.
@ExtendWith(SharedServer.class)
class Pop3IT {
    @TempDir
    private Path folder;

    private List<String> fill(Palomar palomar, String user) throws Exception {
        List<String> mails = TestMails.three();
        try (ImapWire imap = ImapWire.login(palomar.imap(), user)) {
            for (String mail : mails) {
                imap.append("INBOX", Stored.bytes(mail));
            }
        }
        return mails;
    }

    private static void arrives(Palomar palomar, String user, String mail) throws Exception {
        try (ImapWire imap = ImapWire.login(palomar.imap(), user)) {
            imap.append("INBOX", Stored.bytes(mail));
        }
    }

    @Test
    void fetchmailTakesOnceWhatItLeavesAndThenDeletes(Palomar palomar) throws Exception {
        Result.wants("fetchmail");
        List<String> mails = fill(palomar, "pop-fetchmail");
        String stls = "service " + palomar.pop3() + " protocol pop3 uidl auth password";
        fetchmail(stls, "sslproto 'TLS1.2+' no sslcertck keep");
        assertThat(takenOver()).isEqualTo(unix(String.join("", mails)));
        arrives(palomar, "pop-fetchmail", mails.get(1));
        fetchmail(stls, "sslproto 'TLS1.2+' no sslcertck keep");
        assertThat(takenOver()).isEqualTo(unix(mails.get(1)));
        assertThat(Stored.in(palomar, "pop-fetchmail", "INBOX"))
                .hasSize(4); // unread still: what it keeps it takes by TOP
        fetchmail(
                "service " + palomar.pop3s() + " protocol pop3 uidl auth password",
                "ssl no sslcertck fetchall no keep");
        assertThat(takenOver()).isEqualTo(unix(String.join("", mails) + mails.get(1)));
        assertThat(Stored.in(palomar, "pop-fetchmail", "INBOX")).isEmpty();
    }

    private void fetchmail(String server, String options) throws Exception {
        Path rc = folder.resolve("fetchmailrc");
        Files.writeString(
                rc,
                "set invisible\nset idfile \"" + folder.resolve("fetchids") + "\"\npoll 127.0.0.1 " + server + "\n"
                        + "  user pop-fetchmail password demo no rewrite " + options + "\n"
                        + "  mda \"cat >> " + folder.resolve("out") + "\"\n");
        Files.setPosixFilePermissions(rc, PosixFilePermissions.fromString("rwx------"));
        Result.client(
                Map.of("HOME", folder.toString(), "FETCHMAILHOME", folder.toString()),
                "fetchmail",
                "--nosyslog",
                "-f",
                rc.toString());
    }

    @Test
    void getmailTakesOnceWhatItLeavesAndThenDeletes(Palomar palomar) throws Exception {
        Result.wants("getmail");
        List<String> mails = fill(palomar, "pop-getmail");
        getmail(palomar, false);
        assertThat(takenOver()).isEqualTo(unix(String.join("", mails)));
        arrives(palomar, "pop-getmail", mails.get(1));
        getmail(palomar, false);
        assertThat(takenOver()).isEqualTo(unix(mails.get(1)));
        assertThat(Stored.in(palomar, "pop-getmail", "INBOX")).hasSize(4);
        getmail(palomar, true);
        assertThat(Stored.in(palomar, "pop-getmail", "INBOX")).isEmpty();
    }

    private void getmail(Palomar palomar, boolean delete) throws Exception {
        Path rc = Files.writeString(
                folder.resolve("getmailrc"),
                """
                [retriever]
                type = SimplePOP3SSLRetriever
                server = 127.0.0.1
                port = PORT
                username = pop-getmail
                password = demo

                [destination]
                type = MDA_external
                path = /usr/bin/tee
                arguments = ("-a", "FOLDER/out")
                allow_root_commands = true

                [options]
                read_all = false
                delete = DELETE
                delivered_to = false
                received = false
                verbose = 0
                """.replace("FOLDER", folder.toString())
                        .replace("DELETE", String.valueOf(delete))
                        .replace("PORT", String.valueOf(palomar.pop3s())),
                StandardCharsets.US_ASCII);
        Result.client(
                Map.of("HOME", folder.toString()),
                "getmail",
                "--getmaildir",
                folder.toString(),
                "--rcfile",
                rc.toString());
    }

    @Test
    void mpopTakesOnceWhatItLeavesAndThenDeletes(Palomar palomar) throws Exception {
        Result.wants("mpop");
        List<String> mails = fill(palomar, "pop-mpop");
        mpop(palomar.pop3(), true, true);
        assertThat(takenOver()).isEqualTo(unix(String.join("", mails)));
        arrives(palomar, "pop-mpop", mails.get(1));
        mpop(palomar.pop3s(), false, true);
        assertThat(takenOver()).isEqualTo(unix(mails.get(1)));
        assertThat(Stored.in(palomar, "pop-mpop", "INBOX")).hasSize(4);
        arrives(palomar, "pop-mpop", mails.get(0));
        mpop(palomar.pop3(), true, false);
        assertThat(takenOver()).isEqualTo(unix(mails.get(0)));
        assertThat(Stored.in(palomar, "pop-mpop", "INBOX")).isEmpty();
    }

    private void mpop(int port, boolean starttls, boolean keep) throws Exception {
        Path rc = Files.writeString(
                folder.resolve("mpoprc"),
                """
                account default
                host 127.0.0.1
                port PORT
                user pop-mpop
                password demo
                auth plain
                tls on
                tls_starttls STARTTLS
                tls_certcheck off
                keep KEEP
                received_header off
                pipelining on
                uidls_file FOLDER/uidls
                delivery mda "cat >> FOLDER/out"
                """.replace("FOLDER", folder.toString())
                        .replace("PORT", String.valueOf(port))
                        .replace("STARTTLS", starttls ? "on" : "off")
                        .replace("KEEP", keep ? "on" : "off"),
                StandardCharsets.US_ASCII);
        Files.setPosixFilePermissions(rc, PosixFilePermissions.fromString("rw-------"));
        Result.client(Map.of("HOME", folder.toString()), "mpop", "--quiet", "--file=" + rc);
    }

    @Test
    void curlListsFetchesAndDeletes(Palomar palomar) throws Exception {
        Result.needs("curl");
        List<String> mails = fill(palomar, "pop-curl");
        String stls = "pop3://127.0.0.1:" + palomar.pop3() + "/";
        String tls = "pop3s://127.0.0.1:" + palomar.pop3s() + "/";
        assertThat(curl(stls, "--ssl-reqd").out().lines()).hasSize(3);
        assertThat(curl(tls, "--request", "UIDL").out().lines()).hasSize(3);
        assertThat(curl(tls + "1").bytes()).isEqualTo(Stored.bytes(mails.get(0)));
        assertThat(curl(stls + "3", "--ssl-reqd").bytes()).isEqualTo(Stored.bytes(mails.get(2)));
        curl(tls + "2", "--request", "DELE", "--list-only");
        assertThat(curl(tls).out().lines()).hasSize(2);
        assertThat(curl(tls + "2").bytes()).isEqualTo(Stored.bytes(mails.get(2)));
    }

    private static Result curl(String url, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--insecure", "--user", "pop-curl:demo", url));
        command.addAll(List.of(more));
        return Result.client(command.toArray(String[]::new));
    }

    @Test
    void poplib(Palomar palomar) throws Exception {
        Result.wants("python3");
        fill(palomar, "pop-poplib");
        Result result = Result.client(
                "python3",
                Palomar.HOME.resolve("it/src/test/clients/poplib_client.py").toString(),
                String.valueOf(palomar.pop3()),
                String.valueOf(palomar.pop3s()),
                "pop-poplib");
        assertThat(result.out().lines())
                .containsExactly(
                        "offered True True True",
                        "under TLS False",
                        "refused True",
                        "messages 3 3 True",
                        "ids 3 True",
                        "size 1 True",
                        "size 2 True",
                        "size 3 True",
                        "top True",
                        "still there True True",
                        "goodbye b'+OK 1 messages deleted, goodbye'",
                        "left True");
    }

    /// What was handed over since the last call.
    private String takenOver() throws Exception {
        Path out = folder.resolve("out");
        String text = Stored.latin1(Files.readAllBytes(out));
        Files.delete(out);
        StringBuilder mails = new StringBuilder();
        // fetchmail, getmail and mpop put a line of their own in front of each message.
        for (String line : text.split("(?<=\n)")) {
            if (!line.startsWith("Return-Path: <unknown>") && !line.startsWith("X-getmail-retrieved-from-mailbox:")) {
                mails.append(line);
            }
        }
        return mails.toString();
    }

    private static String unix(String text) {
        return text.replace("\r\n", "\n");
    }
}
