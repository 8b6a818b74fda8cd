package palomar.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Debian's Postfix as an instance of its own, with its own configuration, queue and log: it takes mail on a port
/// of the loopback and puts what is for `example.org` into one Maildir. Needs root. Close it to stop it.
final class Postfix implements AutoCloseable {
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Path folder;
    private final int port;

    private Postfix(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /// Skips the test where there is no Postfix, or no root.
    ///
    /// @param more lines for main.cf
    static Postfix start(Path folder, String more) throws Exception {
        Result.needs("postfix");
        if (!System.getProperty("user.name").equals("root")) {
            org.junit.jupiter.api.Assumptions.abort("Postfix starts as root only");
        }
        Postfix postfix = new Postfix(folder, Palomar.freePort());
        postfix.write(more);
        postfix.start();
        return postfix;
    }

    private void write(String more) throws Exception {
        for (String name : List.of("conf", "spool", "data", "mail")) {
            Files.createDirectories(folder.resolve(name));
        }
        // Every daemon of it must get through.
        for (Path at = folder;
                at != null && at.startsWith("/tmp/") && !at.equals(Path.of("/tmp"));
                at = at.getParent()) {
            Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setPosixFilePermissions(folder.resolve("mail"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Result.client("chown", "postfix", folder.resolve("data").toString());
        Files.writeString(folder.resolve("conf/main.cf"), """
                compatibility_level = 3.6
                queue_directory = %1$s/spool
                data_directory = %1$s/data
                mail_owner = postfix
                setgid_group = postdrop
                maillog_file = %1$s/postfix.log
                maillog_file_prefixes = /tmp, /var
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                myhostname = relay.example.org
                mydestination =
                alias_maps =
                mynetworks = 127.0.0.0/8
                smtpd_recipient_restrictions = reject_unauth_destination, permit
                smtpd_relay_restrictions = reject_unauth_destination, permit
                virtual_mailbox_domains = example.org
                virtual_mailbox_base = %1$s/mail
                virtual_mailbox_maps = static:inbox/
                virtual_minimum_uid = 1
                virtual_uid_maps = static:65534
                virtual_gid_maps = static:65534
                virtual_transport = virtual
                smtputf8_enable = yes
                """.formatted(folder) + more);
        StringBuilder master = new StringBuilder("127.0.0.1:" + port + " inet n - n - - smtpd\n");
        for (String line : List.of(
                "pickup unix n - n 1 1 pickup",
                "cleanup unix n - n - 0 cleanup",
                "qmgr unix n - n 300 1 qmgr",
                "rewrite unix - - n - - trivial-rewrite",
                "bounce unix - - n - 0 bounce",
                "defer unix - - n - 0 bounce",
                "trace unix - - n - 0 bounce",
                "verify unix - - n - 1 verify",
                "flush unix n - n 1000? 0 flush",
                "proxymap unix - - n - - proxymap",
                "error unix - - n - - error",
                "retry unix - - n - - error",
                "discard unix - - n - - discard",
                "virtual unix - n n - - virtual",
                "smtp unix - - n - - smtp",
                "lmtp unix - - n - - lmtp",
                "tlsmgr unix - - n 1000? 1 tlsmgr",
                "anvil unix - - n - 1 anvil",
                "scache unix - - n - 1 scache",
                "postlog unix-dgram n - n - 1 postlogd")) {
            master.append(line).append('\n');
        }
        Files.writeString(folder.resolve("conf/master.cf"), master.toString());
    }

    /// Starts it again after [#stop].
    void start() throws Exception {
        Result.client("postfix", "-c", folder + "/conf", "start");
        long begin = System.nanoTime();
        while (!answers()) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new IllegalStateException("Postfix does not answer: " + log());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    void stop() throws Exception {
        Result.client("postfix", "-c", folder + "/conf", "stop");
    }

    int port() {
        return port;
    }

    Path configuration() {
        return folder.resolve("conf");
    }

    /// Hands a message to its sendmail command.
    void send(String from, String to, String mail) throws Exception {
        Result sent = Result.of(
                mail.getBytes(StandardCharsets.UTF_8),
                List.of("/usr/sbin/sendmail", "-C", configuration().toString(), "-i", "-f", from, "--", to));
        if (sent.code() != 0) {
            throw new IllegalStateException("sendmail ended with " + sent.code() + ": " + sent.err());
        }
    }

    String log() throws IOException {
        Path log = folder.resolve("postfix.log");
        return Files.exists(log) ? Files.readString(log) : "(no log)";
    }

    /// What was delivered, once there are so many messages.
    List<String> mails(int count) throws IOException {
        long begin = System.nanoTime();
        List<String> found = mails();
        while (found.size() < count) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new IllegalStateException(found.size() + " messages instead of " + count + ": " + log());
            }
            LockSupport.parkNanos(50_000_000);
            found = mails();
        }
        return found;
    }

    List<String> mails() throws IOException {
        Path inbox = folder.resolve("mail/inbox/new");
        List<String> found = new ArrayList<>();
        if (Files.isDirectory(inbox)) {
            try (Stream<Path> files = Files.list(inbox)) {
                for (Path file : files.sorted().toList()) {
                    found.add(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        new ProcessBuilder("postfix", "-c", folder + "/conf", "abort")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join();
    }
}
