package palomar.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.UUID;
import palomar.event.Event;
import palomar.os.RealDisk;
import palomar.storage.journal.BodyCodec;
import palomar.storage.journal.Compression;
import palomar.storage.journal.Durability;
import palomar.storage.journal.EncodedBody;
import palomar.storage.journal.FileSegmentStore;
import palomar.storage.journal.Group;
import palomar.storage.journal.Journal;
import palomar.storage.journal.JournalSettings;

/// What reading back costs: small frames and bodies of 10 KB by LSN, warm; and what compressing a body costs.
///
/// `java -cp ... palomar.bench.JournalReadBench DIRECTORY`
public final class JournalReadBench {
    private static final int COUNT = 20_000;

    private JournalReadBench() {}

    public static void main(String[] arguments) throws IOException {
        byte[] mail = mail(10 * 1024);
        for (Compression compression : Compression.values()) {
            encode(mail, compression);
            Path directory = Path.of(arguments[0]).resolve("read-bench-" + UUID.randomUUID());
            FileSegmentStore store = FileSegmentStore.open(new RealDisk(), directory, 256 << 20);
            try (Journal journal =
                    Journal.open(store, JournalSettings.DEFAULTS, Event.SILENT, 0, (header, payload) -> {})) {
                read(journal, mail, compression);
            }
        }
    }

    /// Words, addresses and some base64: about as compressible as mail.
    private static byte[] mail(int size) {
        SplittableRandom random = new SplittableRandom(7);
        String[] words = new String[400];
        for (int i = 0; i < words.length; i++) {
            words[i] = Long.toString(random.nextLong(36L * 36 * 36 * 36 * 36 * 36), 36);
        }
        StringBuilder text = new StringBuilder();
        while (text.length() < size) {
            text.append(words[random.nextInt(1 + random.nextInt(words.length))]).append(' ');
            if (random.nextInt(12) == 0) {
                text.append("\r\n");
            }
        }
        return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    private static void encode(byte[] mail, Compression compression) {
        BodyCodec codec = new BodyCodec(compression);
        long stored = 0;
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long started = System.nanoTime();
            for (int i = 0; i < COUNT; i++) {
                stored = codec.encode(mail).storedLength();
            }
            best = Math.min(best, System.nanoTime() - started);
        }
        System.out.printf("encode %s: %d -> %d bytes, %.1f us%n", compression, mail.length, stored, best / 1e3 / COUNT);
    }

    private static void read(Journal journal, byte[] mail, Compression compression) throws IOException {
        EncodedBody body = new BodyCodec(compression).encode(mail);
        long[] bodies = new long[COUNT];
        long[] frames = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            Group group = new Group();
            group.addBody(1, 1, 1, body);
            long offset = group.add(2, 1, 1, new byte[1000]);
            bodies[i] = journal.append(group, Durability.WRITTEN);
            frames[i] = bodies[i] + offset;
        }
        for (int round = 0; round < 3; round++) {
            long started = System.nanoTime();
            for (long lsn : frames) {
                journal.read(lsn);
            }
            long between = System.nanoTime();
            for (long lsn : bodies) {
                journal.body(lsn, mail.length).writeTo(OutputStream.nullOutputStream(), 0, mail.length);
            }
            long ended = System.nanoTime();
            byte[] part = new byte[512];
            for (long lsn : bodies) {
                try (InputStream in = journal.body(lsn, mail.length).open(100, part.length)) {
                    in.readNBytes(part, 0, part.length);
                }
            }
            System.out.printf(
                    "read %s: frame of 1000 bytes %.2f us, body %.2f us, 512 bytes of it %.2f us%n",
                    compression,
                    (between - started) / 1e3 / COUNT,
                    (ended - between) / 1e3 / COUNT,
                    (System.nanoTime() - ended) / 1e3 / COUNT);
        }
    }
}
