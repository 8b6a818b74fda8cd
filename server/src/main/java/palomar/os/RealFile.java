package palomar.os;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// A file of the machine, by a `FileChannel`.
final class RealFile implements DiskFile {
    private final Path file;
    private final FileChannel channel;

    RealFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int all = 0;
        try {
            while (target.hasRemaining()) {
                int got = channel.read(target, position + all);
                if (got < 0) {
                    return all == 0 ? -1 : all;
                }
                all += got;
            }
            return all;
        } catch (IOException e) {
            throw RealDisk.named(e, file);
        }
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        long at = position;
        try {
            while (source.hasRemaining()) {
                at += channel.write(source, at);
            }
        } catch (IOException e) {
            throw RealDisk.named(e, file);
        }
    }

    @Override
    public void force(boolean metadata) throws IOException {
        try {
            channel.force(metadata);
        } catch (IOException e) {
            throw RealDisk.named(e, file);
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        try {
            long now = channel.size();
            if (size < now) {
                channel.truncate(size);
            } else if (size > now) {
                channel.write(ByteBuffer.allocate(1), size - 1);
            }
        } catch (IOException e) {
            throw RealDisk.named(e, file);
        }
    }

    @Override
    public boolean allocate(long position, long length) throws IOException {
        return NativeFiles.allocate(file, position, length);
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } catch (IOException e) {
            throw RealDisk.named(e, file);
        }
    }
}
