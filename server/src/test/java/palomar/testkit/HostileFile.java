package palomar.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import palomar.os.DiskFile;
import palomar.os.DiskFullException;

/// A handle on a file of a [HostileDisk]; everything is guarded by the disk.
final class HostileFile implements DiskFile {
    private static final int SECTOR = 512;

    /// A file's content as written and as it would be after a power cut that kept nothing more.
    static final class Inode {
        private byte[] data = new byte[0];
        private byte[] durable = new byte[0];
        private final BitSet dirty = new BitSet();
        long size;
        private long durableSize;
        private boolean sizeDirty;

        /// A symbolic link: its bytes say where to; they are as durable as its name.
        boolean link;

        /// Stands for the time of modification.
        long number;

        boolean dirty() {
            return sizeDirty || !dirty.isEmpty();
        }

        byte[] bytes() {
            return Arrays.copyOf(data, Math.toIntExact(size));
        }

        void set(byte[] content) {
            set(content, content.length);
        }

        Inode copy() {
            Inode same = new Inode();
            same.set(data, size);
            same.link = link;
            same.number = number;
            return same;
        }

        /// `content` may be shorter than `length`: the rest is a hole.
        private void set(byte[] content, long length) {
            int stored = (int) Math.min(content.length, length);
            data = Arrays.copyOf(content, stored);
            durable = data.clone();
            size = length;
            durableSize = length;
            dirty.clear();
            sizeDirty = false;
        }

        private void write(byte[] bytes, int from, int count, long position) {
            int end = Math.toIntExact(position + count);
            if (data.length < end) {
                data = Arrays.copyOf(data, Math.max(end, Math.min(2 * data.length, 1 << 24)));
            }
            System.arraycopy(bytes, from, data, (int) position, count);
            if (count > 0) {
                dirty.set((int) (position / SECTOR), (end - 1) / SECTOR + 1);
            }
            if (end > size) {
                size = end;
                sizeDirty = true;
            }
        }

        private void resize(long to) {
            if (to < size) {
                if (to < data.length) {
                    Arrays.fill(data, (int) to, data.length, (byte) 0);
                }
                dirty.set((int) (to / SECTOR), (int) (size / SECTOR) + 1);
            }
            sizeDirty |= to != size;
            size = to;
        }

        private void sync() {
            for (int i = dirty.nextSetBit(0); i >= 0; i = dirty.nextSetBit(i + 1)) {
                copySector(i);
            }
            dirty.clear();
            if (sizeDirty) {
                durableSize = size;
                sizeDirty = false;
            }
        }

        private void copySector(int sector) {
            int from = sector * SECTOR;
            int end = Math.min(data.length, from + SECTOR);
            if (from < end) {
                if (durable.length < end) {
                    durable = Arrays.copyOf(durable, Math.max(end, data.length));
                }
                System.arraycopy(data, from, durable, from, end - from);
            }
        }

        void crash(RandomGenerator random) {
            if (sizeDirty) {
                durableSize = switch (random.nextInt(3)) {
                    case 0 -> size;
                    case 1 -> Math.min(size, durableSize) + random.nextLong(Math.abs(size - durableSize) + 1);
                    default -> durableSize;
                };
            }
            for (int i = dirty.nextSetBit(0); i >= 0; i = dirty.nextSetBit(i + 1)) {
                if (random.nextBoolean()) {
                    copySector(i);
                }
            }
            set(durable, durableSize);
        }

        /// The kernel forgets that these pages were ever to be written.
        private void loseDirtyPages() {
            dirty.clear();
            sizeDirty = false;
        }
    }

    private final HostileDisk disk;
    private final Path path;
    private final Inode inode;
    private final boolean writable;
    private final int generation;
    private boolean open = true;

    HostileFile(HostileDisk disk, Path path, Inode inode, boolean writable) {
        this.disk = disk;
        this.path = path;
        this.inode = inode;
        this.writable = writable;
        this.generation = disk.generation();
    }

    private void check() throws IOException {
        if (generation != disk.generation()) {
            throw new IOException(path + ": the process is dead");
        }
        if (!open) {
            throw new IOException(path + ": closed");
        }
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        synchronized (disk) {
            check();
            disk.call(false, path);
            if (position >= inode.size) {
                return target.hasRemaining() ? -1 : 0;
            }
            int count = (int) Math.min(target.remaining(), inode.size - position);
            int stored = Math.clamp(inode.data.length - position, 0, count);
            target.put(inode.data, (int) Math.min(position, inode.data.length), stored);
            target.put(new byte[count - stored]);
            return count;
        }
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        synchronized (disk) {
            check();
            if (!writable) {
                throw new IOException(path + ": opened for reading");
            }
            HostileDisk.@Nullable Fault fault = disk.count(true);
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            if (fault != null) {
                boolean all = disk.random.nextInt(3) == 0;
                inode.write(bytes, 0, all ? bytes.length : disk.random.nextInt(bytes.length + 1), position);
                throw HostileDisk.failure(fault, path);
            }
            long growth = position + bytes.length - inode.size;
            long room = disk.room();
            if (growth > room) {
                inode.write(bytes, 0, (int) Math.max(0, bytes.length - (growth - room)), position);
                throw new DiskFullException(path + ": No space left on device");
            }
            inode.write(bytes, 0, bytes.length, position);
        }
    }

    @Override
    public void force(boolean metadata) throws IOException {
        synchronized (disk) {
            check();
            HostileDisk.@Nullable Fault fault = disk.count(false);
            if (fault != null) {
                inode.loseDirtyPages();
                throw HostileDisk.failure(fault, path);
            }
            inode.sync();
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        synchronized (disk) {
            check();
            disk.call(size > inode.size, path);
            inode.resize(size);
        }
    }

    @Override
    public boolean allocate(long position, long length) throws IOException {
        synchronized (disk) {
            check();
            disk.call(true, path);
            if (position + length - inode.size > disk.room()) {
                throw new DiskFullException(path + ": No space left on device");
            }
            inode.resize(Math.max(inode.size, position + length));
            return true;
        }
    }

    @Override
    public long size() throws IOException {
        synchronized (disk) {
            check();
            disk.call(false, path);
            return inode.size;
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (disk) {
            if (open) {
                open = false;
                disk.closed(this);
            }
        }
    }
}
