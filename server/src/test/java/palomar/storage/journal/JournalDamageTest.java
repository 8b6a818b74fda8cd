package palomar.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import palomar.storage.journal.History.Replay;
import palomar.storage.journal.History.Seen;
import palomar.storage.journal.History.Sending;
import palomar.storage.journal.History.Sent;
import palomar.testkit.HostileDisk;
import palomar.testkit.Seeds;

/// A small random history, cut and flipped at every byte, against the model.
class JournalDamageTest {
    private static final int SEGMENT = 1500;

    private final RandomGenerator random = Seeds.random("damage");
    private final History history = new History(random);
    private final List<Sending> groups = new ArrayList<>();

    /// Groups over several segments, each synced; the owner is killed at the end.
    private HostileDisk written(boolean closed) throws IOException {
        HostileDisk disk = new HostileDisk(random);
        Journal journal = History.open(disk, SEGMENT, new Replay());
        for (int i = 0; i < 25; i++) {
            Sending sending = history.next(300);
            groups.add(sending.at(journal.append(sending.group(), Durability.SYNC)));
        }
        if (closed) {
            journal.close();
        } else {
            disk.kill();
            closeDead(journal);
        }
        return disk;
    }

    /// Ends the dead owner's thread; its files are no longer its own.
    private static void closeDead(Journal journal) {
        assertThatThrownBy(journal::close).isInstanceOf(IOException.class).hasMessageContaining("dead");
    }

    private static List<Path> segments(HostileDisk disk) {
        return disk.files().stream()
                .filter(file -> file.toString().endsWith(".lof"))
                .toList();
    }

    private static long firstLsn(Path segment) {
        return Long.parseLong(segment.getFileName().toString(), 0, 16, 16);
    }

    private String when(Path segment, int at) {
        return "byte " + at + " of " + segment + ", seed " + Seeds.seed();
    }

    /// After whatever happened, appending works and the next opening agrees with this one. Tried one time in four.
    private void goesOn(HostileDisk disk, Journal journal, Replay first, String when) throws IOException {
        if (random.nextInt(4) > 0) {
            journal.close();
            return;
        }
        Sending more = history.next(100);
        Sending added = more.at(journal.append(more.group(), Durability.SYNC));
        journal.close();
        Replay second = new Replay();
        try (Journal again = History.open(disk, SEGMENT, second)) {
            int before = first.frames.size();
            List<Long> lsns =
                    second.frames.stream().map(seen -> seen.header().lsn()).toList();
            assertThat(lsns.subList(0, before))
                    .as(when)
                    .isEqualTo(first.frames.stream()
                            .map(seen -> seen.header().lsn())
                            .toList());
            List<Seen> fresh = second.frames.subList(before, lsns.size());
            assertThat(fresh).as(when).hasSize(added.frames().size());
            for (Seen seen : fresh) {
                History.assertSame(again, seen, added, when);
            }
        }
        assertThat(disk.openHandles()).as(when).isEmpty();
    }

    @Test
    void aLastSegmentCutAnywhereKeepsTheGroupsBeforeTheCut() throws IOException {
        HostileDisk disk = written(false);
        Path last = segments(disk).getLast();
        byte[] content = disk.content(last);
        int end = (int) (groups.getLast().endLsn() - firstLsn(last)) + FileSegment.HEADER;
        for (int cut = 0; cut < end + 100; cut++) {
            HostileDisk torn = disk.copy(random);
            torn.put(last, Arrays.copyOf(content, cut));
            long upTo = firstLsn(last) + Math.max(0, cut - FileSegment.HEADER);
            List<Sending> kept =
                    groups.stream().filter(group -> group.endLsn() <= upTo).toList();
            Replay replay = new Replay();
            Journal journal = History.open(torn, SEGMENT, replay);
            History.assertExactly(journal, replay, kept, when(last, cut));
            goesOn(torn, journal, replay, when(last, cut));
        }
    }

    @Test
    void aFlippedBitCostsOnlyTheFrameItIsInAndIsReported() throws IOException {
        HostileDisk disk = written(true);
        for (Path segment : segments(disk)) {
            byte[] content = disk.content(segment);
            int from = segment.equals(segments(disk).getFirst()) ? 0 : FileSegment.HEADER - 70;
            for (int at = from; at < content.length; at++) {
                flipped(disk, segment, content, at, Long.MAX_VALUE);
            }
        }
    }

    @Test
    void aFlippedBitInASegmentThatWasNotClosedIsNoTornEndWhereLaterFramesProveIt() throws IOException {
        HostileDisk disk = written(false);
        Path segment = segments(disk).getLast();
        byte[] content = disk.content(segment);
        int end = (int) (groups.getLast().endLsn() - firstLsn(segment)) + FileSegment.HEADER;
        for (int at = 0; at < Math.min(end + 64, content.length); at++) {
            flipped(disk, segment, content, at, groups.getLast().lsn());
        }
    }

    /// @param unproved LSN of the last group when nothing behind it proves that it had been synced
    private void flipped(HostileDisk disk, Path segment, byte[] content, int at, long unproved) throws IOException {
        String when = when(segment, at);
        byte[] bad = content.clone();
        bad[at] ^= (byte) (1 << random.nextInt(8));
        HostileDisk damaged = disk.copy(random);
        damaged.put(segment, bad);
        Replay replay = new Replay();
        Journal journal = History.open(damaged, SEGMENT, replay);
        long lsn = firstLsn(segment) + at - FileSegment.HEADER;
        boolean last = segment.equals(segments(disk).getLast());
        boolean footer = !last && at >= content.length - FileSegment.FOOTER;
        boolean inLog = !footer && lsn >= firstLsn(segment) && groups.stream().anyMatch(group -> holds(group, lsn));
        for (Seen seen : replay.frames) {
            if (!inLog || !holds(seen.header(), lsn)) {
                History.assertSame(
                        journal, seen, History.holding(groups, seen.header().lsn()), when);
            }
        }
        assertThat(replay.frames.stream().map(seen -> seen.header().lsn()))
                .as(when)
                .isSorted();
        long all = frames(groups).count();
        if (!inLog) {
            assertThat(replay.frames).as(when).hasSize((int) all);
            assertThat(replay.damages).as(when).isEmpty();
        } else if (lsn >= unproved) {
            long kept = frames(groups.subList(0, groups.size() - 1)).count();
            assertThat(replay.frames.size()).as(when).isIn((int) kept, (int) all);
            assertThat(replay.damages).as(when).isEmpty();
        } else {
            assertOnlyTheHitFrameIsGone(journal, replay, lsn, (int) all, when);
        }
        goesOn(damaged, journal, replay, when);
    }

    private void assertOnlyTheHitFrameIsGone(Journal journal, Replay replay, long lsn, int all, String when)
            throws IOException {
        Sending group = History.holding(groups, lsn);
        Sent hit = group.frames().reversed().stream()
                .filter(frame -> group.lsn() + frame.offset() <= lsn)
                .findFirst()
                .orElseThrow();
        long hitLsn = group.lsn() + hit.offset();
        if (replay.frames.size() == all) {
            assertThat(replay.damages.stream().map(Damage::lsn)).as(when).allMatch(at -> at == hitLsn && hit.body());
            assertHarmlessOrRefused(journal, hit, hitLsn, lsn, when);
            return;
        }
        assertThat(replay.frames).as(when).hasSize(all - 1);
        assertThat(replay.frames).as(when).noneMatch(seen -> seen.header().lsn() == hitLsn);
        assertThat(replay.damages).as(when).singleElement().satisfies(damage -> {
            assertThat(damage.lsn()).isEqualTo(hitLsn);
            assertThat(damage.length()).isGreaterThanOrEqualTo(FrameHeader.SIZE);
        });
        assertThatThrownBy(() -> journal.read(hitLsn)).as(when).isInstanceOf(DamagedFrameException.class);
    }

    /// A frame that was replayed although a bit in it was flipped: padding, or something of a body, which is then
    /// refused.
    private void assertHarmlessOrRefused(Journal journal, Sent hit, long hitLsn, long lsn, String when)
            throws IOException {
        if (!hit.body() && lsn >= hitLsn + FrameHeader.SIZE + hit.content().length) {
            return;
        }
        assertThat(hit.body()).as(when).isTrue();
        Replay deep = new Replay();
        journal.scan(0, Long.MAX_VALUE, ScanDepth.EVERYTHING, deep);
        if (deep.damages.isEmpty()) {
            FrameHeader header = journal.read(hitLsn).header();
            assertThat(lsn).as(when).isGreaterThanOrEqualTo(header.payloadLsn() + header.payloadLength());
            return;
        }
        assertThat(deep.damages).as(when).singleElement().satisfies(damage -> {
            assertThat(damage.lsn()).isEqualTo(hitLsn);
            assertThat(damage.mailbox())
                    .isEqualTo(History.holding(groups, hitLsn).number());
        });
        assertThatThrownBy(() -> journal.body(hitLsn).bytes()).as(when).isInstanceOf(DamagedFrameException.class);
    }

    private static boolean holds(Sending group, long lsn) {
        return group.lsn() <= lsn && lsn < group.endLsn();
    }

    private static boolean holds(FrameHeader header, long lsn) {
        return header.lsn() <= lsn && lsn < header.endLsn();
    }

    private static long end(FrameHeader header) {
        return header.payloadLsn() + header.payloadLength();
    }

    private static LongStream frames(List<Sending> groups) {
        return groups.stream().flatMapToLong(group -> group.frames().stream().mapToLong(Sent::offset));
    }

    @Test
    void aSegmentInTheMiddleCutAnywhereCostsOnlyWhatIsBehindTheCutInIt() throws IOException {
        HostileDisk disk = written(true);
        Path middle = segments(disk).get(1);
        long end = firstLsn(segments(disk).get(2));
        byte[] content = disk.content(middle);
        for (int cut = 0; cut < content.length - FileSegment.FOOTER; cut++) {
            String when = when(middle, cut);
            long lost = firstLsn(middle) + Math.max(0, cut - FileSegment.HEADER);
            HostileDisk damaged = disk.copy(random);
            damaged.put(middle, Arrays.copyOf(content, cut));
            Replay replay = new Replay();
            try (Journal journal = History.open(damaged, SEGMENT, replay)) {
                for (Seen seen : replay.frames) {
                    long lsn = seen.header().lsn();
                    boolean cutOff = end(seen.header()) > lost && lsn < lost;
                    if (cutOff) {
                        assertThat(seen.header().blocks()).as(when).isTrue();
                    } else {
                        History.assertSame(journal, seen, History.holding(groups, lsn), when);
                    }
                }
                List<Long> lsns =
                        replay.frames.stream().map(seen -> seen.header().lsn()).toList();
                for (Sending group : groups) {
                    if (group.endLsn() <= lost || group.lsn() >= end) {
                        assertThat(lsns).as(when).contains(group.lsn());
                    }
                }
                assertThat(lsns).as(when).noneMatch(lsn -> lsn >= lost && lsn < end);
            }
        }
    }

    @Test
    void aStretchOfZerosInTheMiddleIsSkippedAndTheRestServes() throws IOException {
        HostileDisk disk = written(true);
        Path first = segments(disk).getFirst();
        byte[] content = disk.content(first);
        Sending second = groups.get(1);
        int from = (int) (second.lsn() - firstLsn(first)) + FileSegment.HEADER;
        Arrays.fill(content, from, from + (int) second.group().length(), (byte) 0);
        disk.put(first, content);
        Replay replay = new Replay();
        try (Journal journal = History.open(disk, SEGMENT, replay)) {
            List<Sending> rest = new ArrayList<>(groups);
            rest.remove(1);
            assertThat(replay.damages).singleElement().satisfies(damage -> {
                assertThat(damage.lsn()).isEqualTo(second.lsn());
                assertThat(damage.length()).isEqualTo(second.group().length());
            });
            assertThat(replay.groupEnds)
                    .isEqualTo(rest.stream().map(Sending::endLsn).toList());
            assertThat(journal.recovery().damages()).hasSize(1);
        }
    }
}
