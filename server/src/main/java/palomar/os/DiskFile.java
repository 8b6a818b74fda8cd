package palomar.os;

import java.io.IOException;
import java.nio.ByteBuffer;

/// An open file with positioned reads and writes; it has no position of its own. Safe for many threads.
///
/// There is no gathering write on purpose: the journal packs a batch into one buffer, which costs a memory copy
/// and saves a system call's worth of bookkeeping for each piece.
public interface DiskFile extends AutoCloseable {
    /// Fills `target` from `position` as far as the file goes.
    ///
    /// @return bytes read, 0 when `target` has no room, -1 at or beyond the end of the file
    int read(ByteBuffer target, long position) throws IOException;

    /// Writes all remaining bytes of `source` at `position`. After a failure any part of them may have been
    /// written.
    void write(ByteBuffer source, long position) throws IOException;

    /// Makes all completed writes durable, with the length; with `metadata` times and the like as well.
    ///
    /// After a failure nothing is known about what was written since the last success, and it must not be tried
    /// again: the kernel may have dropped the pages and would then report a success that is none.
    void force(boolean metadata) throws IOException;

    /// Cuts or extends (with zeros) to `size` bytes.
    void truncate(long size) throws IOException;

    /// Reserves disk blocks for a range and lets the file reach at least to its end, the new part reading as
    /// zeros.
    ///
    /// @return false when the file system can't do it; nothing was changed then
    boolean allocate(long position, long length) throws IOException;

    long size() throws IOException;

    @Override
    void close() throws IOException;
}
