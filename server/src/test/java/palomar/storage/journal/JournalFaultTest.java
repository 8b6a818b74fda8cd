package palomar.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import palomar.bytes.ByteSource;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.storage.journal.History.Replay;
import palomar.storage.journal.History.Seen;
import palomar.storage.journal.History.Sending;
import palomar.testkit.HostileDisk;
import palomar.testkit.HostileDisk.Fault;
import palomar.testkit.Seeds;

/// A full disk and failing calls, at every single call of a small history, and power cuts at any moment.
class JournalFaultTest {
    private static final int SEGMENT = 2000;
    private static final int GROUPS = 14;

    /// What a writer was told.
    private enum Told {
        SYNCED,
        WRITTEN,
        REFUSED,
        UNKNOWN
    }

    private record Outcome(Sending sending, Told told) {}

    /// One run of the history on one disk; the same seed makes the same calls.
    private static final class Run {
        final RandomGenerator random;
        final HostileDisk disk;
        final History history;
        final List<Outcome> outcomes = new ArrayList<>();
        Journal journal;
        long epoch;

        Run(long seed) {
            this(seed, 0);
        }

        /// @param fate which of the things that may happen at a fault or power cut do happen
        Run(long seed, long fate) {
            this.random = new Random(seed);
            this.disk = new HostileDisk(new SplittableRandom(31 * seed + fate));
            this.history = new History(random);
        }

        void open() throws IOException {
            journal = History.open(disk, SEGMENT, new Replay());
            assertThat(journal.epoch()).isGreaterThan(epoch);
            epoch = journal.epoch();
        }

        void append() {
            Durability durability = random.nextInt(3) == 0 ? Durability.WRITTEN : Durability.SYNC;
            Sending sending = history.next(500);
            try {
                long lsn = journal.append(sending.group(), durability);
                Told told = durability == Durability.SYNC ? Told.SYNCED : Told.WRITTEN;
                outcomes.add(new Outcome(sending.at(lsn), told));
            } catch (MailException e) {
                assertThat(e.kind()).isIn(MailError.DISK_FULL, MailError.UNAVAILABLE);
                boolean known = journal.failure().isEmpty();
                outcomes.add(new Outcome(sending, known ? Told.REFUSED : Told.UNKNOWN));
            }
        }

        /// The disk works: the journal does too, after the next of its attempts.
        void appendOnceMore(String when) {
            while (journal.failure().isPresent()) {
                append();
                assertThat(journal.failure().map(MailException::kind)).as(when).isNotEqualTo(MailError.DISK_FULL);
                LockSupport.parkNanos(100_000);
            }
            append();
            assertThat(outcomes.getLast().told).as(when).isIn(Told.SYNCED, Told.WRITTEN);
        }

        /// Opens, appends with a blob and a roll in between, closes. Failures of I/O are part of it.
        void history() {
            try {
                open();
                for (int i = 0; i < GROUPS; i++) {
                    append();
                    if (i == GROUPS / 2) {
                        journal.putBlob("catalog", ByteSource.of(new byte[100]));
                    }
                }
            } catch (IOException injected) {
                assertThat(injected).hasMessageContaining("injected");
            }
        }

        void end(boolean powerCut) {
            if (powerCut) {
                disk.crash();
            } else {
                disk.kill();
            }
            closeQuietly();
        }

        private void closeQuietly() {
            if (journal != null) {
                try {
                    journal.close();
                } catch (IOException ofADeadProcess) {
                    assertThat(ofADeadProcess).isNotNull();
                }
            }
        }

        /// Opens again and holds what is there against what the writers were told.
        void verify(boolean powerCut, String when) throws IOException {
            Replay replay = new Replay();
            try (Journal again = History.open(disk, SEGMENT, replay)) {
                assertThat(again.epoch()).as(when).isGreaterThan(epoch);
                assertThat(replay.damages).as(when).isEmpty();
                List<Integer> numbers = replay.frames.stream()
                        .map(seen -> (int) seen.header().mailbox())
                        .distinct()
                        .toList();
                assertThat(numbers).as(when).isSorted();
                for (Outcome outcome : outcomes) {
                    int number = outcome.sending.number();
                    boolean there = numbers.contains(number);
                    switch (outcome.told) {
                        case SYNCED ->
                            assertThat(there)
                                    .as(when + ": group " + number + " is durable")
                                    .isTrue();
                        case WRITTEN ->
                            assertThat(there || powerCut)
                                    .as(when + ": written " + number)
                                    .isTrue();
                        case REFUSED ->
                            assertThat(there).as(when + ": refused " + number).isFalse();
                        case UNKNOWN -> {}
                    }
                    if (there) {
                        assertWhole(again, replay, outcome, when);
                    }
                }
            }
            assertThat(disk.openHandles()).as(when).isEmpty();
        }

        private void assertWhole(Journal again, Replay replay, Outcome outcome, String when) throws IOException {
            List<Seen> frames = replay.frames.stream()
                    .filter(seen -> seen.header().mailbox() == outcome.sending.number())
                    .toList();
            long lsn = frames.getFirst().header().lsn();
            if (outcome.sending.lsn() != 0) {
                assertThat(lsn).as(when).isEqualTo(outcome.sending.lsn());
            }
            assertThat(frames).as(when).hasSameSizeAs(outcome.sending.frames());
            for (Seen seen : frames) {
                History.assertSame(again, seen, outcome.sending.at(lsn), when);
            }
        }
    }

    private static long calls(long seed) {
        Run run = new Run(seed);
        run.history();
        assertThat(run.outcomes).hasSize(GROUPS).allMatch(o -> o.told == Told.SYNCED || o.told == Told.WRITTEN);
        long calls = run.disk.calls();
        run.end(false);
        return calls;
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void oneFailingCallAnywhereCostsNothingThatWasAcknowledged(Fault fault) throws IOException {
        long calls = calls(Seeds.seed());
        for (long call = 1; call <= calls; call++) {
            for (boolean powerCut : new boolean[] {false, true}) {
                String when = fault + " at call " + call + " of " + calls + ", seed " + Seeds.seed();
                Run run = new Run(Seeds.seed(), call);
                run.disk.failAt(call, fault);
                run.history();
                if (run.journal != null) {
                    run.appendOnceMore(when);
                }
                run.end(powerCut);
                run.disk.heal();
                run.verify(powerCut, when);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whenNothingWorksAnyMoreAllIsRefusedUntilItDoes(Fault fault) throws IOException {
        long calls = calls(Seeds.seed());
        for (long call = 1; call <= calls; call++) {
            String when = fault + " from call " + call + " of " + calls + ", seed " + Seeds.seed();
            Run run = new Run(Seeds.seed(), call);
            run.disk.failFrom(call, fault);
            run.history();
            run.disk.heal();
            if (run.journal != null) {
                for (int i = 0; i < 4; i++) {
                    run.appendOnceMore(when);
                }
            }
            run.end(call % 2 == 0);
            run.verify(call % 2 == 0, when);
        }
    }

    @Test
    void aSmallDiskFillsUpRefusesAndServesAgainWhenThereIsRoom() throws IOException {
        Run run = new Run(Seeds.seed());
        run.open();
        run.disk.capacity(run.disk.used() + 3000);
        for (int i = 0; i < 40; i++) {
            run.append();
        }
        assertThat(run.outcomes).anyMatch(outcome -> outcome.told == Told.REFUSED);
        assertThat(run.journal.failure()).isEmpty();
        run.disk.heal();
        for (int i = 0; i < 10; i++) {
            run.append();
            assertThat(run.outcomes.getLast().told).isIn(Told.SYNCED, Told.WRITTEN);
        }
        run.end(false);
        run.verify(false, "seed " + Seeds.seed());
    }

    @Test
    void onAFullDiskGroupsThatFreeSpaceStillGoThrough() throws IOException {
        Run run = new Run(Seeds.seed());
        run.open();
        run.disk.capacity(run.disk.used());
        Sending refused = run.history.next(50);
        assertThatThrownBy(() -> run.journal.append(refused.group(), Durability.SYNC))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.kind()).isEqualTo(MailError.DISK_FULL));
        Sending expunge = run.history.next(50);
        long lsn = run.journal.append(expunge.group().freesSpace(), Durability.SYNC);
        run.outcomes.add(new Outcome(expunge.at(lsn), Told.SYNCED));
        run.outcomes.add(new Outcome(refused, Told.REFUSED));
        run.end(true);
        run.disk.heal();
        run.verify(true, "seed " + Seeds.seed());
    }

    @Test
    void afterAFailedSyncTheJournalIsReadOnlyUntilTheDiskWorksAgain() throws IOException {
        Run run = new Run(Seeds.seed());
        run.open();
        Sending before = run.history.next(50);
        long lsn = run.journal.append(before.group(), Durability.SYNC);
        run.outcomes.add(new Outcome(before.at(lsn), Told.SYNCED));
        Sending visible = run.history.next(50);
        long written = run.journal.append(visible.group(), Durability.WRITTEN);
        run.disk.failFrom(run.disk.calls() + 2, Fault.IO_ERROR);
        Sending refused = run.history.next(50);
        assertThatThrownBy(() -> run.journal.append(refused.group(), Durability.SYNC))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.kind()).isEqualTo(MailError.UNAVAILABLE));
        assertThat(run.journal.failure()).isPresent();
        assertThatThrownBy(() -> run.journal.append(run.history.next(50).group(), Durability.WRITTEN))
                .isInstanceOf(MailException.class);
        run.disk.heal();
        run.appendOnceMore("healed");
        assertThat(run.journal.read(lsn).header().lsn()).isEqualTo(lsn);
        assertThat(run.journal.read(written).header().lsn()).isEqualTo(written);
        // What was only written before the failure is durable now, though its pages never were.
        run.outcomes.add(new Outcome(visible.at(written), Told.SYNCED));
        run.outcomes.add(new Outcome(refused, Told.REFUSED));
        run.end(true);
        run.verify(true, "seed " + Seeds.seed());
    }

    @Test
    void whatAFailedSyncLeftBehindIsWrittenAgainAtTheNextOpening() throws IOException {
        Run run = new Run(Seeds.seed());
        run.open();
        Sending visible = run.history.next(50);
        long written = run.journal.append(visible.group(), Durability.WRITTEN);
        run.disk.failFrom(run.disk.calls() + 2, Fault.IO_ERROR);
        assertThatThrownBy(() -> run.journal.append(run.history.next(50).group(), Durability.SYNC))
                .isInstanceOf(MailException.class);
        assertThat(run.journal.failure()).isPresent();
        run.end(false);
        run.disk.heal();
        run.open();
        run.append();
        run.outcomes.add(new Outcome(visible.at(written), Told.SYNCED));
        run.end(true);
        run.verify(true, "seed " + Seeds.seed());
    }

    @Test
    void aBodyThatCanNotBeReadCostsOnlyItsOwnGroup() throws IOException {
        Run run = new Run(Seeds.seed());
        run.open();
        EncodedBody whole = BodyCodec.asItIs(ByteSource.of(new byte[300_000]));
        ByteSource vanished = new ByteSource() {
            @Override
            public long size() {
                return 300_000;
            }

            @Override
            public InputStream open(long from, long count) throws IOException {
                throw new IOException("the spool file is gone");
            }
        };
        Group bad = new Group();
        bad.addBody(1, 1, 42, new EncodedBody(whole.table(), vanished, 300_000));
        List<Commit> commits = new ArrayList<>();
        commits.add(run.journal.submit(run.history.next(50).group(), Durability.SYNC, lsn -> {}));
        commits.add(run.journal.submit(bad, Durability.SYNC, lsn -> {}));
        commits.add(run.journal.submit(run.history.next(50).group(), Durability.SYNC, lsn -> {}));
        commits.getFirst().await();
        commits.getLast().await();
        assertThatThrownBy(() -> commits.get(1).await())
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.kind()).isEqualTo(MailError.UNAVAILABLE));
        assertThat(run.journal.failure()).isEmpty();
        run.journal.close();
    }

    @Test
    void powerCutsAtAnyMomentLoseNothingThatWasSynced() throws IOException {
        RandomGenerator random = Seeds.random("power");
        for (int round = 0; round < 300; round++) {
            Run run = new Run(random.nextLong());
            String when = "round " + round + ", seed " + Seeds.seed();
            for (int life = 0; life < 3; life++) {
                run.open();
                int groups = run.random.nextInt(12);
                for (int i = 0; i < groups; i++) {
                    run.append();
                    if (run.random.nextInt(6) == 0) {
                        run.journal.roll();
                    }
                }
                if (run.random.nextInt(4) == 0) {
                    run.journal.close();
                }
                run.end(true);
                forgetLostWrites(run);
            }
            run.verify(true, when);
        }
    }

    /// What was only written before a power cut may be gone for good; the next life must not find it again.
    private static void forgetLostWrites(Run run) throws IOException {
        Replay replay = new Replay();
        History.open(run.disk, SEGMENT, replay).close();
        List<Long> there =
                replay.frames.stream().map(seen -> seen.header().mailbox()).toList();
        run.outcomes.removeIf(
                outcome -> outcome.told == Told.WRITTEN && !there.contains((long) outcome.sending.number()));
        run.epoch++;
    }
}
