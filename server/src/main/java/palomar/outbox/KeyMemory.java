package palomar.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import palomar.os.Disk;
import palomar.os.DiskFile;

/// The keys of messages that have left: a file of records that is appended to, and written anew when most of it is
/// old. docs/storage/outbox.md
///
/// Guarded by the spool's lock.
final class KeyMemory implements AutoCloseable {
    private static final int RECORD = Key.BYTES + Long.BYTES + Integer.BYTES;
    private static final int SPARE_RECORDS = 10_000;

    private final Disk disk;
    private final Path folder;
    private final Path path;
    private final Duration remember;
    private final KeyTable left = new KeyTable();
    private @Nullable DiskFile file;
    private long records;

    private KeyMemory(Disk disk, Path folder, Duration remember) {
        this.disk = disk;
        this.folder = folder;
        this.path = folder.resolve("keys");
        this.remember = remember;
    }

    /// Reads what is there. A record that is not whole was never acknowledged, and is passed over.
    static KeyMemory open(Disk disk, Path folder, Duration remember, Instant now) throws IOException {
        KeyMemory memory = new KeyMemory(disk, folder, remember);
        if (disk.exists(memory.path)) {
            memory.load(now);
        }
        memory.rewrite(now);
        return memory;
    }

    private void load(Instant now) throws IOException {
        byte[] all;
        try (DiskFile in = disk.open(path, Disk.Mode.READ)) {
            all = new byte[Math.toIntExact(in.size())];
            in.read(ByteBuffer.wrap(all), 0);
        }
        for (int at = 0; at + RECORD <= all.length; at += RECORD) {
            ByteBuffer record = ByteBuffer.wrap(all, at, RECORD);
            Key key = new Key(record.getLong(), record.getLong());
            long seconds = record.getLong();
            if (record.getInt() == checksum(all, at) && isKnown(seconds, now)) {
                left.put(key, seconds);
            }
        }
    }

    private boolean isKnown(long seconds, Instant now) {
        return now.getEpochSecond() - seconds < remember.toSeconds();
    }

    private static int checksum(byte[] bytes, int from) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, RECORD - Integer.BYTES);
        return (int) crc.getValue();
    }

    private static byte[] record(Key key, long seconds) {
        byte[] record = new byte[RECORD];
        ByteBuffer.wrap(record).putLong(key.high()).putLong(key.low()).putLong(seconds);
        ByteBuffer.wrap(record).putInt(RECORD - Integer.BYTES, checksum(record, 0));
        return record;
    }

    boolean knows(Key key, Instant now) {
        long seconds = left.find(key);
        return seconds >= 0 && isKnown(seconds, now);
    }

    /// Durable when it returns.
    void add(Key key, Instant now) throws IOException {
        long seconds = now.getEpochSecond();
        left.put(key, seconds);
        DiskFile open = file;
        if (open == null || records > 2L * left.size() + SPARE_RECORDS) {
            left.forgetBefore(now.getEpochSecond() - remember.toSeconds() + 1);
            rewrite(now);
            return;
        }
        boolean done = false;
        try {
            open.write(ByteBuffer.wrap(record(key, seconds)), records * RECORD);
            open.force(false);
            records++;
            done = true;
        } finally {
            if (!done) {
                close(); // after a failed sync the file says nothing reliable: the next one writes it anew
            }
        }
    }

    private void rewrite(Instant now) throws IOException {
        close();
        Path beside = folder.resolve("keys.new");
        if (disk.exists(beside)) {
            disk.delete(beside);
        }
        ByteBuffer all = ByteBuffer.allocate(Math.multiplyExact(left.size(), RECORD));
        left.forEach((key, seconds) -> all.put(record(key, seconds)));
        DiskFile next = disk.open(beside, Disk.Mode.CREATE);
        boolean done = false;
        try {
            next.write(all.flip(), 0);
            next.force(true);
            disk.rename(beside, path);
            disk.syncDirectory(folder);
            done = true;
        } finally {
            if (!done) {
                next.close();
            }
        }
        file = next;
        records = left.size();
    }

    @Override
    public void close() throws IOException {
        DiskFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
