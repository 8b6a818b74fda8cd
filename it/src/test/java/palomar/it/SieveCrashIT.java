package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` while a script files copies and sends mail on: an MTA that tries again until it hears 250 has each
/// message delivered once in both mailboxes, and sent.
class SieveCrashIT {
    private static final int ROUNDS = Integer.getInteger("palomar.crash.rounds", 12);
    private static final long SEED = Long.getLong("palomar.seed", System.nanoTime() & 0xffff_ffffL);
    private static final int SESSIONS = 3;
    private static final String SCRIPT =
            "require [\"fileinto\", \"copy\", \"mailbox\"]; fileinto :copy :create \"Copies\"; redirect :copy"
                    + " \"carl@far.example\";";

    @TempDir
    private Path folder;

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    /// One who sends a message until it is taken, then the next.
    private final class Sender extends Thread {
        private final int number;
        private volatile int port;
        private volatile boolean up;
        private volatile boolean ended;

        Sender(int number) {
            this.number = number;
        }

        @Override
        public void run() {
            for (int i = 0; !ended; i++) {
                String id = number + "-" + i;
                while (!deliver(id)) {
                    LockSupport.parkNanos(20_000_000);
                }
                acknowledged.add(id);
            }
        }

        private boolean deliver(String id) {
            if (!up) {
                return false;
            }
            String mail = "From: ann@post.example\r\nTo: alice@localhost\r\nMessage-ID: <" + id
                    + "@post.example>\r\nSubject: crash\r\n\r\nbody\r\n";
            try (LmtpWire wire = LmtpWire.connect(port)) {
                return wire.deliver(mail.getBytes(StandardCharsets.US_ASCII), "alice@localhost")
                        .getFirst()
                        .startsWith("250");
            } catch (IOException broken) {
                return false;
            }
        }
    }

    @Test
    void eachMessageIsFiledOnceAndSent() throws Exception {
        System.out.println("SieveCrashIT: seed " + SEED + ", " + ROUNDS + " rounds");
        Random random = new Random(SEED);
        Path data = folder.resolve("demo");
        int base = Palomar.freeBasePort();
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            senders.add(new Sender(i));
        }
        for (int round = 0; round < ROUNDS; round++) {
            Palomar palomar = Palomar.demo(data, base);
            if (round == 0) {
                Result put = Palomar.runWith(
                        SCRIPT, "sieve", "put", "--user", "alice", "main", "--activate", "--data", data.toString());
                assertThat(put.code()).as(put.err()).isZero();
            }
            for (Sender sender : senders) {
                sender.port = palomar.lmtp();
                sender.up = true;
                if (round == 0) {
                    sender.start();
                }
            }
            LockSupport.parkNanos(400_000_000L + random.nextInt(800) * 1_000_000L);
            senders.forEach(sender -> sender.up = false);
            palomar.kill();
        }
        try (Palomar palomar = Palomar.demo(data, base)) {
            for (Sender sender : senders) {
                sender.ended = true;
                sender.up = true;
            }
            for (Sender sender : senders) {
                sender.join();
            }
            System.out.println("SieveCrashIT: " + acknowledged.size() + " messages");
            assertThat(acknowledged.size()).isGreaterThan(ROUNDS * SESSIONS);
            Map<String, Integer> inbox = counts(palomar, "INBOX");
            Map<String, Integer> copies = counts(palomar, "Copies");
            for (String id : acknowledged) {
                assertThat(inbox.get(id)).as("INBOX: " + id + ", seed " + SEED).isEqualTo(1);
                assertThat(copies.get(id))
                        .as("Copies: " + id + ", seed " + SEED)
                        .isEqualTo(1);
            }
            assertThat(inbox).hasSize(acknowledged.size());
            awaitSent(data);
        }
    }

    private static Map<String, Integer> counts(Palomar palomar, String mailbox) throws Exception {
        Map<String, Integer> counts = new HashMap<>();
        for (Stored mail : Stored.in(palomar, "alice", mailbox)) {
            counts.merge(id(mail.text()), 1, Integer::sum);
        }
        return counts;
    }

    private static String id(String mail) {
        int from = mail.indexOf("Message-ID: <") + 13;
        return mail.substring(from, mail.indexOf('@', from));
    }

    /// What waits in the queue goes into the demo's folder; the last step of a killed process may be done again
    /// there, as by any MTA.
    private void awaitSent(Path data) throws IOException {
        for (int i = 0; i < 300; i++) {
            Map<String, Integer> sent = sent(data);
            if (sent.keySet().containsAll(acknowledged)) {
                long twice = sent.values().stream().filter(count -> count > 1).count();
                assertThat(twice).isLessThanOrEqualTo((long) ROUNDS * SESSIONS);
                return;
            }
            LockSupport.parkNanos(100_000_000);
        }
        assertThat(sent(data).keySet()).containsAll(acknowledged);
    }

    private static Map<String, Integer> sent(Path data) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        try (Stream<Path> files = Files.list(data.resolve("outbox"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".eml")).toList()) {
                counts.merge(id(Files.readString(file)), 1, Integer::sum);
            }
        }
        return counts;
    }
}
