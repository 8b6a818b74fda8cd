package palomar.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import palomar.event.Event;
import palomar.testkit.HostileDisk;

/// A model of a small journal: groups as they were handed in, to be compared with what is read back. One thread.
final class History {
    static final Path SHARD = Path.of("/loft/shard-00");
    private static final int BODY = 1;
    private static final int PLAIN = 2;

    /// One frame as handed in.
    record Sent(long offset, boolean body, byte[] content) {}

    /// One group as handed in; `lsn` is 0 as long as it is unknown.
    record Sending(int number, Group group, List<Sent> frames, long lsn) {
        Sending at(long where) {
            return new Sending(number, group, frames, where);
        }

        long endLsn() {
            return lsn + group.length();
        }
    }

    /// One frame as replayed.
    record Seen(FrameHeader header, byte[] payload) {}

    /// What an opening reported.
    static final class Replay implements FrameVisitor {
        final List<Seen> frames = new ArrayList<>();
        final List<Long> groupEnds = new ArrayList<>();
        final List<Damage> damages = new ArrayList<>();

        @Override
        public void frame(FrameHeader header, byte[] payload) {
            frames.add(new Seen(header, payload));
        }

        @Override
        public void endOfGroup(long endLsn) {
            groupEnds.add(endLsn);
        }

        @Override
        public void damaged(Damage damage) {
            damages.add(damage);
        }
    }

    private final RandomGenerator random;
    private int sent;

    History(RandomGenerator random) {
        this.random = random;
    }

    static Journal open(HostileDisk disk, int segmentSize, FrameVisitor visitor) throws IOException {
        SegmentStore store = FileSegmentStore.open(disk, SHARD, segmentSize);
        return Journal.open(
                store, JournalSettings.DEFAULTS.withRecoveryPause(Duration.ofMillis(1)), Event.SILENT, 0, visitor);
    }

    /// One to three frames of up to 60 bytes, or a body of up to `largest`.
    Sending next(int largest) {
        Group group = new Group();
        List<Sent> frames = new ArrayList<>();
        int number = ++sent;
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            boolean body = random.nextInt(4) == 0;
            byte[] content = new byte[random.nextInt(body ? largest : 60)];
            random.nextBytes(content);
            long offset = body
                    ? group.addBody(BODY, 1, number, new BodyCodec(Compression.ALWAYS).encode(content))
                    : group.add(PLAIN, 1, number, content);
            frames.add(new Sent(offset, body, content));
        }
        return new Sending(number, group, frames, 0);
    }

    /// Whether a replayed frame is what was sent at its place; a body is read for that.
    static void assertSame(Journal journal, Seen seen, Sending sending, String when) throws IOException {
        Sent sent = sending.frames().stream()
                .filter(frame -> sending.lsn() + frame.offset() == seen.header().lsn())
                .findFirst()
                .orElseThrow(() -> new AssertionError(when + ": no frame was sent for " + seen.header()));
        assertThat(seen.header().mailbox()).as(when).isEqualTo(sending.number());
        if (sent.body()) {
            assertThat(journal.body(seen.header().lsn()).bytes()).as(when).isEqualTo(sent.content());
        } else {
            assertThat(seen.payload()).as(when).isEqualTo(sent.content());
        }
    }

    /// The group that holds an LSN.
    static Sending holding(List<Sending> groups, long lsn) {
        return groups.stream()
                .filter(group -> group.lsn() <= lsn && lsn < group.endLsn())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing was sent at " + lsn));
    }

    /// Exactly these groups, whole and in order, without damage.
    static void assertExactly(Journal journal, Replay replay, List<Sending> groups, String when) throws IOException {
        assertThat(replay.damages).as(when).isEmpty();
        assertThat(replay.groupEnds)
                .as(when)
                .isEqualTo(groups.stream().map(Sending::endLsn).toList());
        int frames = groups.stream().mapToInt(group -> group.frames().size()).sum();
        assertThat(replay.frames).as(when).hasSize(frames);
        for (Seen seen : replay.frames) {
            assertSame(journal, seen, holding(groups, seen.header().lsn()), when);
        }
    }
}
