package palomar.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.event.Event.Level;

class LogSinkTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T08:19:00Z"));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Event event(LineFormat format) {
        return Event.root(LogSink.to(out, CLOCK, LogLevels.all(Level.DEBUG), format));
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void textPutsTheSessionFirstAndFieldsLast() {
        event(LineFormat.TEXT)
                .with("session", "7F3A91")
                .with("user", "alice")
                .info("imap.login", "logged in", "mechanism", "PLAIN", "took", 3);
        assertThat(written())
                .isEqualTo(
                        "2026-11-24T08:19:00.000Z INFO  7F3A91 imap.login: logged in user=alice mechanism=PLAIN took=3\n");
    }

    @Test
    void jsonIsOneObjectALine() {
        event(LineFormat.JSON).with("session", "7F3A91").warn("store.slow", "slow \"sync\"", "ms", 1200L, "ok", false);
        assertThat(written())
                .isEqualTo(
                        "{\"time\":\"2026-11-24T08:19:00Z\",\"level\":\"warn\",\"event\":\"store.slow\",\"text\":\"slow \\\"sync\\\"\","
                                + "\"session\":\"7F3A91\",\"ms\":1200,\"ok\":false}\n");
    }

    @Test
    void noFieldCanForgeALine() {
        String evil = "x\r\n2026-11-24T08:19:00.000Z INFO  imap.login: logged in user=root\u2028\u0085\u001b[2J\ud800";
        event(LineFormat.TEXT).info("a", evil, "f", evil);
        event(LineFormat.JSON).info("a", evil, "f", evil);
        assertThat(written().lines().toList()).hasSize(2);
        assertThat(written()).doesNotContain("\u001b").doesNotContain("\u2028\u0085");
    }

    @Test
    void addressesArePlainNumbers() throws Exception {
        InetAddress four = InetAddress.getByAddress("mail.example", new byte[] {127, 0, 0, 1});
        event(LineFormat.TEXT)
                .info(
                        "a",
                        "b",
                        "host",
                        four,
                        "peer",
                        new InetSocketAddress(four, 143),
                        "six",
                        new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 993));
        assertThat(written()).endsWith("a: b host=127.0.0.1 peer=127.0.0.1:143 six=[2001:db8:0:0:0:0:0:1]:993\n");
    }

    @Test
    void secretsByNameAndBytesAreNeverPrinted() {
        for (LineFormat format : new LineFormat[] {LineFormat.TEXT, LineFormat.JSON}) {
            event(format)
                    .with("password", "s3same")
                    .debug(
                            "a",
                            "b",
                            "userPassword",
                            "s3same",
                            "auth_token",
                            "s3same",
                            "client-secret",
                            "s3same",
                            "credentials",
                            "s3same",
                            "Authorization",
                            "s3same",
                            "line",
                            "s3same".getBytes(StandardCharsets.UTF_8),
                            "typed",
                            "s3same".toCharArray());
        }
        assertThat(written())
                .doesNotContain("s3same")
                .contains("(hidden)")
                .contains("(6 bytes)")
                .contains("(6 chars)");
    }

    @Test
    void longValuesAreCut() {
        event(LineFormat.TEXT).info("a", "y".repeat(5000), "f", "x".repeat(5000));
        assertThat(written().length()).isBetween(2048, 2300);
        assertThat(written()).contains("...(3976 more)");
    }

    @Test
    void anErrorShowsItsStackAndAWarningOnlyItsCause() {
        Event event = event(LineFormat.TEXT);
        event.error("a", "failed", new IOException("disk\nfull"));
        assertThat(written().lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("\t"));
        out.reset();
        event(LineFormat.JSON).error("a", "failed", new IOException("disk full"));
        assertThat(written().lines()).hasSize(1);
        assertThat(written())
                .contains("\"cause\":\"java.io.IOException: disk full\"")
                .contains("\"stack\":\"java.io");
    }

    @Test
    void levelsGoByTheLongestPrefixAndChangeWhileRunning() {
        LogSink sink = LogSink.to(
                out,
                CLOCK,
                new LogLevels(Level.WARN, Map.of("imap", Level.INFO, "imap.idle", Level.ERROR)),
                LineFormat.TEXT);
        assertThat(sink.wants(Level.INFO, "lmtp.deliver")).isFalse();
        assertThat(sink.wants(Level.INFO, "imap.login")).isTrue();
        assertThat(sink.wants(Level.INFO, "imap")).isTrue();
        assertThat(sink.wants(Level.INFO, "imapx")).isFalse();
        assertThat(sink.wants(Level.WARN, "imap.idle.wake")).isFalse();
        sink.levels(sink.levels().with("imap.idle", Level.DEBUG));
        assertThat(sink.wants(Level.DEBUG, "imap.idle.wake")).isTrue();
        sink.levels(sink.levels().with("", Level.DEBUG));
        assertThat(sink.wants(Level.DEBUG, "lmtp.deliver")).isTrue();
    }

    @Test
    void aFileIsAppendedToAndReopened(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("log");
        Files.writeString(file, "old\n");
        try (LogSink sink = LogSink.to(out, CLOCK, LogLevels.all(Level.INFO), LineFormat.TEXT)) {
            sink.file(Optional.of(file));
            Event.root(sink).info("a", "one");
            Files.move(file, folder.resolve("log.1"));
            sink.file(Optional.of(file));
            Event.root(sink).info("a", "two");
        }
        assertThat(Files.readString(folder.resolve("log.1")))
                .startsWith("old\n")
                .contains("one");
        assertThat(Files.readString(file)).contains("two").doesNotContain("one");
    }

    @Test
    void linesThatCanNotBeWrittenAreCounted() {
        boolean[] full = {true};
        OutputStream disk = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (full[0]) {
                    throw new IOException("No space left on device");
                }
                out.write(b);
            }
        };
        Event event = Event.root(LogSink.to(disk, CLOCK, LogLevels.all(Level.INFO), LineFormat.TEXT));
        event.info("a", "one");
        event.info("a", "two");
        full[0] = false;
        event.info("a", "three");
        assertThat(written().lines().toList()).hasSize(2);
        assertThat(written()).contains("log.lost: log lines were lost lines=2").contains("a: three");
    }

    @Test
    void librariesSpeakThroughOurSink() {
        LibraryLog.to(event(LineFormat.TEXT));
        LibraryLog.logger("org.example.Pool").warn("connection {} broke", 7);
        LibraryLog.logger("org.example.Pool").info("not of interest");
        LibraryLog.to(Event.SILENT);
        assertThat(written())
                .isEqualTo("2026-11-24T08:19:00.000Z WARN  library.org.example.Pool: connection 7 broke\n");
    }
}
