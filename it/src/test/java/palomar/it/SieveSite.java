package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A server with a configuration of its own, whose user alice has scripts. Nothing listens at its relay: what it
/// sends waits in the queue.
final class SieveSite {
    private static final int PATIENCE = 600; // tenths of a second

    private final Path file;
    private final int imap;
    private final int lmtp;

    /// @param more lines behind the section `[sieve]`
    SieveSite(Path folder, String more) throws Exception {
        file = folder.resolve("palomar.toml");
        int relay;
        try (ServerSocket one = probe();
                ServerSocket two = probe();
                ServerSocket three = probe()) {
            imap = one.getLocalPort();
            lmtp = two.getLocalPort();
            relay = three.getLocalPort();
        }
        Files.writeString(
                file,
                "[server]\ndata = \"" + folder + "/data\"\nname = \"mail.example.org\"\ngrace = \"5s\"\n"
                        + "[auth]\nallow_plaintext = true\n[relay]\nport = " + relay + "\n" + listener("lmtp", lmtp)
                        + listener("imap", imap) + more);
        Result added = Palomar.runWith("demo", "user", "add", "alice", "--stdin", "-c", file.toString());
        assertThat(added.code()).as(added.err()).isZero();
    }

    private static ServerSocket probe() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static String listener(String protocol, int port) {
        return "[[listener]]\nprotocol = \"" + protocol + "\"\naddress = \"127.0.0.1\"\nport = " + port + "\n";
    }

    Palomar start() throws Exception {
        return Palomar.configured(file);
    }

    ImapWire login() throws IOException {
        return ImapWire.login(imap, "alice");
    }

    /// `palomar WORDS`, which must succeed; returns what it says.
    String say(String... words) throws Exception {
        return sayWith("", words);
    }

    String sayWith(String input, String... words) throws Exception {
        Result result = result(input, words);
        assertThat(result.code()).as(List.of(words) + ": " + result.err()).isZero();
        return result.out();
    }

    Result result(String input, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-c", file.toString()));
        return Palomar.runWith(input, all.toArray(String[]::new));
    }

    void script(String text) throws Exception {
        sayWith(text, "sieve", "put", "--user", "alice", "main", "--activate");
    }

    /// By LMTP; returns the answer.
    String deliver(String id, String subject) throws IOException {
        String mail = "From: ann@far.example\r\nTo: alice@example.org\r\nMessage-ID: <" + id
                + "@far.example>\r\nSubject: " + subject + "\r\n\r\nbody\r\n";
        try (LmtpWire wire = LmtpWire.connect(lmtp)) {
            return wire.deliver(mail.getBytes(StandardCharsets.UTF_8), "alice@example.org")
                    .getFirst();
        }
    }

    /// Subjects of a mailbox's messages, in its order.
    List<String> subjects(String mailbox) throws IOException {
        return Stored.in(imap, "alice", mailbox).stream()
                .map(each -> {
                    int from = each.text().indexOf("Subject: ") + 9;
                    return each.text().substring(from, each.text().indexOf("\r\n", from));
                })
                .toList();
    }

    /// The lines of a file, once there are so many.
    static List<String> lines(Path file, int count) throws IOException {
        List<String> lines = List.of();
        for (int i = 0; i < PATIENCE && lines.size() < count; i++) {
            lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            LockSupport.parkNanos(100_000_000);
        }
        return lines;
    }
}
