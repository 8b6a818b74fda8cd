package palomar.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.UUID;
import java.util.zip.CRC32C;
import palomar.os.Disk;
import palomar.os.DiskFile;

/// The file `SHARD`: who the shard is and which epoch holds it. 64 bytes, replaced as a whole.
///
/// @param path the file
/// @param shard identity, drawn once
/// @param epoch the newest epoch, 1 to 2^32-1
record ShardFile(Path path, UUID shard, long epoch) {
    static final String NAME = "SHARD";

    private static final int SIZE = 64;
    private static final int VERSION = 1;
    private static final long MAGIC = 0x0a44_5253_5446_4f4cL; // "LOFTSRD\n"

    /// Reads the file, or draws an identity for a new shard, and stores the next epoch durably.
    static ShardFile nextEpoch(Disk disk, Path directory) throws IOException {
        Path path = directory.resolve(NAME);
        ShardFile before = disk.exists(path) ? read(disk, path) : new ShardFile(path, UUID.randomUUID(), 0);
        ShardFile now = new ShardFile(path, before.shard, before.epoch + 1);
        Path aside = directory.resolve(".SHARD.new");
        if (disk.exists(aside)) {
            disk.delete(aside);
        }
        try (DiskFile file = disk.open(aside, Disk.Mode.CREATE)) {
            file.write(now.bytes(), 0);
            file.force(true);
        }
        disk.rename(aside, path);
        disk.syncDirectory(directory);
        return now;
    }

    static ShardFile read(Disk disk, Path path) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
            file.read(block, 0);
        }
        if (block.hasRemaining() || block.getLong(0) != MAGIC || block.getInt(8) != crc(block)) {
            throw new IOException(
                    path + " is damaged: restore it from a backup, or its identity from a segment's header");
        }
        if (block.getInt(12) != VERSION) {
            throw new IOException(path + " has format " + block.getInt(12) + ", this program knows " + VERSION);
        }
        return new ShardFile(path, new UUID(block.getLong(16), block.getLong(24)), block.getLong(32));
    }

    private ByteBuffer bytes() {
        ByteBuffer block = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        block.putLong(MAGIC)
                .putInt(0)
                .putInt(VERSION)
                .putLong(shard.getMostSignificantBits())
                .putLong(shard.getLeastSignificantBits())
                .putLong(epoch);
        return block.putInt(8, crc(block)).position(0).limit(SIZE);
    }

    private static int crc(ByteBuffer block) {
        CRC32C crc = new CRC32C();
        crc.update(block.duplicate().limit(SIZE).position(12));
        return (int) crc.getValue();
    }

    /// Refuses to go on when a later opening has taken the shard.
    void checkOwned(Disk disk) throws IOException {
        long newest = read(disk, path).epoch;
        if (newest != epoch) {
            throw new FencedException(epoch, newest);
        }
    }
}
