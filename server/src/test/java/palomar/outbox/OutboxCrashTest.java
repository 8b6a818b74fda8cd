package palomar.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static palomar.outbox.OutboxFixture.message;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.mail.MailException;
import palomar.testkit.HostileDisk;
import palomar.testkit.Seeds;

/// Power cuts, full and failing disks at each call.
class OutboxCrashTest {
    private static final int MESSAGES = 4;

    private static String to(int i) {
        return "user" + i + "@b.example";
    }

    /// Queues, sending after each second message; what was acknowledged comes into `queued`.
    private static void work(SpooledOutbox outbox, Set<String> queued, boolean carry) {
        for (int i = 0; i < MESSAGES; i++) {
            try {
                outbox.enqueue(message("k" + i, to(i)));
                queued.add(to(i));
            } catch (MailException refused) {
                assertThat(refused.kind().temporary()).isTrue();
            }
            if (carry && i % 2 == 1) {
                outbox.carryDue();
            }
        }
    }

    private static long timesSent(OutboxFixture fixture, int i) {
        return fixture.relay.sent().stream()
                .filter(sent -> sent.to().equals(to(i)))
                .count();
    }

    @Test
    void aPowerCutAtAnyCallLosesNothingThatWasAcknowledgedAndARedeliverySendsOnce() throws IOException {
        RandomGenerator random = Seeds.random("aPowerCutAtAnyCall");
        long calls = Long.MAX_VALUE;
        for (long cut = 1; cut <= calls; cut++) {
            OutboxFixture fixture = new OutboxFixture(random);
            Set<String> queued = new HashSet<>();
            fixture.disk.failFrom(cut, HostileDisk.Fault.IO_ERROR);
            try {
                work(fixture.open(), queued, false);
                calls = fixture.disk.calls();
            } catch (IOException notEvenOpened) {
                assertThat(queued).isEmpty();
            }
            fixture.disk.heal();
            fixture.disk.crash();
            try (SpooledOutbox again = fixture.open()) {
                assertThat(again.list().size())
                        .as("cut %d, seed %d", cut, Seeds.seed())
                        .isGreaterThanOrEqualTo(queued.size());
                work(again, new HashSet<>(), false); // the peer brings everything once more
                again.carryDue();
                assertThat(again.list()).isEmpty();
            }
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(timesSent(fixture, i))
                        .as("cut %d, seed %d", cut, Seeds.seed())
                        .isEqualTo(1);
            }
        }
    }

    /// While a message is sent a cut may make it go twice, but only the one message, and never not at all: once
    /// what was sent can't be written down nothing more is sent.
    @Test
    void aPowerCutWhileSendingSendsAtMostTheOneMessageTwice() throws IOException {
        RandomGenerator random = Seeds.random("aPowerCutWhileSending");
        long calls = Long.MAX_VALUE;
        for (long cut = 1; cut <= calls; cut++) {
            OutboxFixture fixture = new OutboxFixture(random);
            Set<String> queued = new HashSet<>();
            fixture.disk.failFrom(cut, HostileDisk.Fault.IO_ERROR);
            try {
                work(fixture.open(), queued, true);
                calls = fixture.disk.calls();
            } catch (IOException notEvenOpened) {
                assertThat(queued).isEmpty();
            }
            fixture.disk.heal();
            fixture.disk.crash();
            try (SpooledOutbox again = fixture.open()) {
                again.carryDue();
                again.flush();
                again.carryDue();
            }
            long twice = 0;
            for (int i = 0; i < MESSAGES; i++) {
                long times = timesSent(fixture, i);
                String what = "cut " + cut + ", message " + i + ", seed " + Seeds.seed();
                assertThat(times).as(what).isBetween(queued.contains(to(i)) ? 1L : 0L, 2L);
                twice += times == 2 ? 1 : 0;
            }
            assertThat(twice).as("cut %d, seed %d", cut, Seeds.seed()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void aPowerCutWhileAFailureIsReportedLosesNoReport() throws IOException {
        RandomGenerator random = Seeds.random("aPowerCutWhileAFailureIsReported");
        long calls = Long.MAX_VALUE;
        for (long cut = 1; cut <= calls; cut++) {
            OutboxFixture fixture = new OutboxFixture(random);
            fixture.relay.answer(to(0), FakeRelay.permanent("no such user"));
            boolean queued = false;
            fixture.disk.failFrom(cut, HostileDisk.Fault.IO_ERROR);
            try {
                SpooledOutbox outbox = fixture.open();
                outbox.enqueue(message("k", to(0), to(1)));
                queued = true;
                outbox.carryDue();
                calls = fixture.disk.calls();
            } catch (IOException | MailException notTaken) {
                assertThat(queued).isFalse();
            }
            fixture.disk.heal();
            fixture.disk.crash();
            try (SpooledOutbox again = fixture.open()) {
                for (int i = 0; i < 3; i++) {
                    again.flush();
                    again.carryDue();
                }
                assertThat(again.list()).isEmpty();
            }
            long reports = fixture.relay.sent().stream()
                    .filter(sent -> sent.to().equals("ann@a.example"))
                    .count();
            // Twice only when the report itself was sent and that could not be written down any more.
            assertThat(reports).as("cut %d, seed %d", cut, Seeds.seed()).isBetween(queued ? 1L : 0L, 2L);
        }
    }

    @Test
    void oneFailingCallLosesNothingAndSendsNothingTwice() throws IOException {
        RandomGenerator random = Seeds.random("oneFailingCall");
        for (HostileDisk.Fault fault : HostileDisk.Fault.values()) {
            long calls = Long.MAX_VALUE;
            for (long bad = 1; bad <= calls; bad++) {
                OutboxFixture fixture = new OutboxFixture(random);
                Set<String> queued = new HashSet<>();
                fixture.disk.failAt(bad, fault);
                try (SpooledOutbox outbox = fixture.open()) {
                    work(outbox, queued, true);
                    calls = fixture.disk.calls();
                    for (int i = 0; i < 3; i++) {
                        outbox.flush();
                        outbox.carryDue();
                    }
                    for (int i = 0; i < MESSAGES; i++) {
                        String what = fault + " at " + bad + ", message " + i + ", seed " + Seeds.seed();
                        assertThat(timesSent(fixture, i)).as(what).isEqualTo(queued.contains(to(i)) ? 1 : 0);
                    }
                } catch (IOException notOpenedOrClosed) {
                    assertThat(fixture.relay.sent().size()).isLessThanOrEqualTo(MESSAGES);
                }
            }
        }
    }

    @Test
    void anEntryWhoseBytesAreDamagedIsSetAsideAndStopsNoOther() throws IOException {
        RandomGenerator random = Seeds.random("damagedEntries");
        for (int round = 0; round < 200; round++) {
            OutboxFixture fixture = new OutboxFixture(random);
            fixture.relay.answer(to(0), FakeRelay.temporary("later"));
            SpooledOutbox outbox = fixture.open();
            outbox.enqueue(message("k0", to(0), to(9)));
            outbox.carryDue(); // now it has a state
            outbox.enqueue(message("k1", to(1)));
            outbox.close();
            String ending = round % 2 == 0 ? ".mail" : ".state";
            Path victim = fixture.disk.files().stream()
                    .filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = fixture.disk.content(victim);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            fixture.disk.put(victim, bytes);
            try (SpooledOutbox again = fixture.open()) {
                again.flush();
                again.carryDue();
                assertThat(timesSent(fixture, 1)).as("seed %d", Seeds.seed()).isEqualTo(1);
                assertThat(again.list()).as("seed %d", Seeds.seed()).isEmpty();
                assertThat(fixture.disk.files())
                        .anyMatch(file -> file.startsWith(OutboxFixture.FOLDER.resolve("damaged")));
            }
        }
    }

    @Test
    void onceWhatWasSentCanNotBeWrittenDownNothingMoreIsSent() throws IOException {
        OutboxFixture fixture = new OutboxFixture(Seeds.random("unwritten"));
        fixture.relay.answer(to(9), FakeRelay.temporary("later"));
        try (SpooledOutbox outbox = fixture.open()) {
            for (int i = 0; i < MESSAGES; i++) {
                outbox.enqueue(message("k" + i, to(i), to(9))); // its state is to be kept, because one is left
            }
            fixture.disk.capacity(fixture.disk.used());
            outbox.carryDue();
            assertThat(fixture.relay.sent().stream()
                            .filter(sent -> !sent.to().equals(to(9)))
                            .count())
                    .isEqualTo(1);
            fixture.disk.heal();
            outbox.flush();
            outbox.carryDue();
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(timesSent(fixture, i)).isEqualTo(1);
            }
        }
    }

    @Test
    void aFullDiskIsToldAndForgottenWhenThereIsRoomAgain() throws IOException {
        OutboxFixture fixture = new OutboxFixture(Seeds.random("aFullDisk"));
        try (SpooledOutbox outbox = fixture.open()) {
            fixture.disk.capacity(fixture.disk.used() + 100);
            Set<String> queued = new HashSet<>();
            work(outbox, queued, false);
            assertThat(queued).isEmpty();
            fixture.disk.heal();
            work(outbox, queued, false);
            outbox.carryDue();
            assertThat(fixture.relay.sent()).hasSize(MESSAGES);
        }
    }
}
