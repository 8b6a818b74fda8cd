package palomar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import palomar.event.Event;
import palomar.os.RealDisk;
import palomar.storage.journal.Durability;
import palomar.storage.journal.FileSegmentStore;
import palomar.storage.journal.FrameVisitor;
import palomar.storage.journal.Group;
import palomar.storage.journal.Journal;
import palomar.storage.journal.JournalSettings;
import palomar.storage.journal.SegmentStore;

/// Durable appends of 10 KB by 1, 8 and 64 virtual threads, and the time to open the log again.
///
/// `java -cp ... palomar.bench.JournalBench DIRECTORY [SECONDS [WRITERS...]]`
public final class JournalBench {
    private static final int SIZE = 10 * 1024;

    private JournalBench() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]).resolve("journal-bench");
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        int[] writers = arguments.length > 2
                ? Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray()
                : new int[] {1, 8, 64};
        for (int count : writers) {
            run(directory, count, seconds);
        }
    }

    private static void run(Path directory, int writers, int seconds) throws Exception {
        remove(directory);
        AtomicLong appended = new AtomicLong();
        try (Journal journal = open(directory)) {
            append(journal, writers, 300_000_000L, new AtomicLong());
            long started = System.nanoTime();
            long[] latencies = append(journal, writers, seconds * 1_000_000_000L, appended);
            double took = (System.nanoTime() - started) / 1e9;
            Arrays.sort(latencies);
            long median = latencies[latencies.length / 2];
            long p99 = latencies[(int) (latencies.length * 0.99)];
            System.out.printf(
                    "%3d writers: %8.0f appends/s, median %6.2f ms, p99 %6.2f ms%n",
                    writers, appended.get() / took, median / 1e6, p99 / 1e6);
        }
        long started = System.nanoTime();
        long bytes;
        try (Journal journal = open(directory)) {
            bytes = journal.segments().stream()
                    .mapToLong(SegmentStore.Segment::length)
                    .sum();
        }
        System.out.printf(
                "             reopened %d MB in %d ms%n", bytes >> 20, (System.nanoTime() - started) / 1_000_000);
        remove(directory);
    }

    private static Journal open(Path directory) throws IOException {
        SegmentStore store = FileSegmentStore.open(new RealDisk(), directory, 256 << 20);
        FrameVisitor nothing = (header, payload) -> {};
        return Journal.open(store, JournalSettings.DEFAULTS, Event.SILENT, 0, nothing);
    }

    private static long[] append(Journal journal, int writers, long nanos, AtomicLong appended) throws Exception {
        long end = System.nanoTime() + nanos;
        long[][] latencies = new long[writers][];
        Thread[] threads = new Thread[writers];
        for (int w = 0; w < writers; w++) {
            int writer = w;
            threads[w] = Thread.ofVirtual().start(() -> latencies[writer] = write(journal, writer, end, appended));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return Arrays.stream(latencies).flatMapToLong(Arrays::stream).toArray();
    }

    private static long[] write(Journal journal, int writer, long end, AtomicLong appended) {
        byte[] content = new byte[SIZE];
        new SplittableRandom(writer).nextBytes(content);
        long[] latencies = new long[1024];
        int count = 0;
        for (long now = System.nanoTime(); now < end; ) {
            Group group = new Group();
            group.add(1, 1, writer, content);
            journal.append(group, Durability.SYNC);
            long after = System.nanoTime();
            if (count == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * count);
            }
            latencies[count++] = after - now;
            now = after;
        }
        appended.addAndGet(count);
        return Arrays.copyOf(latencies, count);
    }

    private static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
