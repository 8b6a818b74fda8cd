package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    private static final long MOST_RESIDENT = 160L << 20;

    @TempDir
    private Path folder;

    @Test
    void aDemoSaysWhereItListensThenReadyAndKeepsItsMail() throws Exception {
        int base = Palomar.freeBasePort();
        Path data = folder.resolve("demo");
        try (Palomar palomar = Palomar.demo(data, base)) {
            assertThat(palomar.out())
                    .contains("IMAP   127.0.0.1:" + palomar.imap())
                    .contains("IMAPS  127.0.0.1:" + palomar.imaps())
                    .contains("LMTP   127.0.0.1:" + palomar.lmtp())
                    .endsWith("\nready\n");
            try (LmtpWire lmtp = LmtpWire.connect(palomar.lmtp())) {
                assertThat(lmtp.deliver(mail("kept"), "alice@example.org")).allMatch(a -> a.startsWith("250"));
            }
        }
        try (Palomar palomar = Palomar.demo(data, base);
                ImapWire imap = ImapWire.login(palomar.imap(), "alice")) {
            assertThat(imap.ok("SELECT INBOX").toString()).contains("* 1 EXISTS");
            System.out.println("ready after " + palomar.readyAfter().toMillis() + " ms, resident "
                    + (palomar.residentBytes() >> 20) + " MiB");
            assertThat(palomar.residentBytes()).isLessThan(MOST_RESIDENT);
        }
    }

    @Test
    void theCommandsOfTheTableWorkAsPrinted() throws Exception {
        Result.needs("curl");
        Result.needs("swaks");
        Result.needs("openssl");
        try (Palomar palomar = Palomar.demo(folder.resolve("demo"), Palomar.freeBasePort())) {
            List<String> commands = palomar.out()
                    .lines()
                    .filter(l -> l.startsWith("       "))
                    .map(String::strip)
                    .toList();
            assertThat(commands).hasSize(8);
            for (String command : commands) {
                Result result = Result.of(typed(command), List.of("sh", "-c", command));
                assertThat(result.code())
                        .as(command + "\n" + result.out() + result.err())
                        .isZero();
                assertThat(result.out())
                        .as(command)
                        .containsAnyOf("STATUS INBOX", "a OK", "250 2.", "OK \"logged in\"", "+OK", "1 ");
            }
        }
    }

    /// What the table says behind the command, and goodbye.
    private static byte[] typed(String command) {
        int sieve = command.indexOf("AUTHENTICATE");
        if (sieve >= 0) {
            return (command.substring(sieve) + "\nLOGOUT\n").getBytes(StandardCharsets.US_ASCII);
        }
        if (command.contains("USER alice")) {
            return "USER alice\nPASS demo\nSTAT\nQUIT\n".getBytes(StandardCharsets.US_ASCII);
        }
        return command.startsWith("openssl")
                ? "a login alice demo\nb logout\n".getBytes(StandardCharsets.US_ASCII)
                : new byte[0];
    }

    @Test
    void everybodyListensOnLoopbackOnly() throws Exception {
        try (Palomar palomar = Palomar.demo(folder.resolve("demo"), Palomar.freeBasePort())) {
            Result ss = Result.of(
                    new byte[0],
                    List.of(
                            "sh",
                            "-c",
                            "cat /proc/" + palomar.pid() + "/net/tcp /proc/" + palomar.pid() + "/net/tcp6"));
            for (int port : List.of(palomar.imap(), palomar.imaps(), palomar.lmtp(), palomar.managesieve())) {
                String hex = String.format(java.util.Locale.ROOT, ":%04X", port);
                List<String> listening = ss.out()
                        .lines()
                        .map(line -> line.strip().split("\\s+"))
                        .filter(columns -> columns.length > 3 && columns[1].endsWith(hex) && columns[3].equals("0A"))
                        .map(columns -> columns[1])
                        .toList();
                assertThat(listening)
                        .isNotEmpty()
                        .allMatch(a -> a.startsWith("0100007F") || a.startsWith("0000000000000000FFFF00000100007F"));
            }
        }
    }

    @Test
    void aSecondServerOnTheSameDirectoryIsRefused() throws Exception {
        Path data = folder.resolve("demo");
        try (Palomar palomar = Palomar.demo(data, Palomar.freeBasePort())) {
            Result second = Palomar.run(
                    "serve",
                    "--demo",
                    "--data",
                    data.toString(),
                    "--base-port",
                    String.valueOf(Palomar.freeBasePort()));
            assertThat(second.code()).isEqualTo(75);
            assertThat(second.err()).contains("in use by another Palomar (process " + palomar.pid() + ")");
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (Palomar palomar = Palomar.demo(folder.resolve("a"), Palomar.freeBasePort())) {
            int base = palomar.imap() - 143;
            Result second = Palomar.run(
                    "serve", "--demo", "--data", folder.resolve("b").toString(), "--base-port", String.valueOf(base));
            assertThat(second.code()).isEqualTo(69);
            assertThat(second.err()).contains("127.0.0.1:" + (base + 143)).contains("in use");
            assertThat(second.out()).doesNotContain("ready");
        }
    }

    @Test
    void sigtermEndsSessionsWithByeAndTheProcessWithZero() throws Exception {
        Palomar palomar = Palomar.demo(folder.resolve("demo"), Palomar.freeBasePort());
        try (ImapWire imap = ImapWire.login(palomar.imap(), "alice")) {
            assertThat(palomar.stop()).isZero();
            assertThat(imap.nextLine()).startsWith("* BYE");
        }
        assertThat(folder.resolve("demo/control.sock")).doesNotExist();
        assertThat(folder.resolve("demo/palomar.pid")).doesNotExist();
    }

    static byte[] mail(String subject) {
        return ("From: bob@example.org\r\nSubject: " + subject + "\r\n\r\nhello\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
