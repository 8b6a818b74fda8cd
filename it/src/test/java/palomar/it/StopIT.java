package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGTERM while mail comes in and clients wait.
class StopIT {
    private static final int SENDERS = 4;
    private static final int ENOUGH = 50;

    @TempDir
    private Path folder;

    @Test
    void aStopUnderLoadKeepsWhatWasAcknowledgedAndSaysBye() throws Exception {
        Path data = folder.resolve("demo");
        int base = Palomar.freeBasePort();
        AtomicInteger acknowledged = new AtomicInteger();
        CountDownLatch busy = new CountDownLatch(ENOUGH);
        List<Thread> senders = new ArrayList<>();
        int asked;
        Palomar palomar = Palomar.demo(data, base);
        try (ImapWire idle = ImapWire.login(palomar.imap(), "bob")) {
            for (int i = 0; i < SENDERS; i++) {
                senders.add(Thread.ofVirtual().start(() -> send(palomar.lmtp(), acknowledged, busy)));
            }
            busy.await();
            assertThat(palomar.stop()).isZero();
            assertThat(idle.nextLine()).startsWith("* BYE");
        }
        for (Thread sender : senders) {
            sender.join();
        }
        asked = acknowledged.get();
        try (Palomar again = Palomar.demo(data, base);
                ImapWire imap = ImapWire.login(again.imap(), "alice")) {
            String status = imap.ok("STATUS INBOX (MESSAGES)").getFirst().text();
            int kept = Integer.parseInt(status.replaceAll("[^0-9]", ""));
            // A sender may have been cut off after its message was stored and before it heard so.
            assertThat(kept).isBetween(asked, asked + SENDERS);
        }
    }

    @Test
    void aStopDuringTheStartLeavesNothingBehind() throws Exception {
        Path data = folder.resolve("early");
        Process starting = Palomar.begin(data, Palomar.freeBasePort());
        Path pid = data.resolve("palomar.pid");
        while (!Files.exists(pid)) {
            assertThat(starting.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        starting.destroy();
        assertThat(starting.waitFor()).isZero();
        assertThat(pid).doesNotExist();
        assertThat(data.resolve("control.sock")).doesNotExist();
    }

    @Test
    void theCommandReturnsWhenTheProcessIsGone() throws Exception {
        Path data = folder.resolve("demo");
        try (Palomar palomar = Palomar.demo(data, Palomar.freeBasePort())) {
            assertThat(Palomar.run("stop", "--data", data.toString()).code()).isZero();
            assertThat(palomar.isAlive()).isFalse();
        }
        assertThat(Palomar.run("stop", "--data", data.toString()).code()).isEqualTo(69);
    }

    private static void send(int port, AtomicInteger acknowledged, CountDownLatch busy) {
        byte[] mail = ("Subject: load\r\n\r\n" + "x".repeat(70).concat("\r\n").repeat(100))
                .getBytes(StandardCharsets.US_ASCII);
        try (LmtpWire lmtp = LmtpWire.connect(port)) {
            while (lmtp.deliver(mail, "alice@example.org").getFirst().startsWith("250")) {
                acknowledged.incrementAndGet();
                busy.countDown();
            }
        } catch (IOException stopped) {
            return; // what the server does to senders when it ends
        }
    }
}
