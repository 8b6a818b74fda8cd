package palomar.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import palomar.bytes.ByteSource;

/// One shard's log as segments of bytes, and its named blobs. Knows nothing of frames.
///
/// An LSN is a byte position in the shard's endless log; the first is [#FIRST_LSN], so 0 never names anything.
/// Segments follow one another without a gap: one's end is the next one's first LSN.
///
/// Opening a store takes the next epoch, durably, before it returns; from then on every holder of a lower epoch is
/// fenced: its [#append], [#sync], [#roll], [#delete], [#putBlob] and [#deleteBlob] throw [FencedException].
///
/// After opening, the last segment may be open-ended (a crash): [#segments()] then gives an upper bound as its
/// end. The owner finds the true end and says it by [#resume(long)], once, before the first append.
///
/// Threads: [#resume], [#append], [#sync], [#rewind], [#roll], the reserve and [#close] belong to one thread at a
/// time; all else may be called by any thread at any time. Full space shows as [palomar.os.DiskFullException].
public interface SegmentStore extends AutoCloseable {
    /// Where a new shard's log begins.
    long FIRST_LSN = 4096;

    /// A segment as it is now.
    ///
    /// @param firstLsn position of its first byte; names the segment
    /// @param endLsn position after its last byte; an upper bound while the owner has not resumed a crashed
    ///     segment
    /// @param epoch epoch of the opening that wrote it; 0 when its header is damaged and the epoch unknown
    /// @param sealed true when nothing will be appended to it any more
    /// @param storedBytes what it occupies, reserved space included
    record Segment(long firstLsn, long endLsn, long epoch, boolean sealed, long storedBytes) {
        public long length() {
            return endLsn - firstLsn;
        }
    }

    /// A segment held readable: deleting it waits, unseen, until all its readers are closed. Safe for many
    /// threads.
    interface Reader extends AutoCloseable {
        Segment segment();

        /// Fills `target` from `lsn`, as far as the segment goes.
        ///
        /// @return bytes read; -1 at or beyond the segment's end
        int read(long lsn, ByteBuffer target) throws IOException;

        @Override
        void close();
    }

    /// The shard's identity, drawn when it was made.
    UUID shard();

    /// The epoch of this opening, at least 1.
    long epoch();

    /// True when the store is open for looking only: nothing is resumed, nothing can be changed.
    default boolean inspected() {
        return false;
    }

    /// All segments in LSN order.
    List<Segment> segments();

    /// Holds the segment of `lsn` for reading. An end that grows is seen by readers at once.
    ///
    /// @throws SegmentGoneException when it was deleted or never written
    Reader reader(long lsn) throws IOException;

    /// Ends the last segment at `endLsn` for good, discarding what lies behind, so that the next append opens a
    /// new one.
    ///
    /// @param durableLsn everything before it is known to be durable; what follows in a crashed segment is written
    ///     again, because an earlier opening may have failed to sync it, and then no later sync would
    void resume(long endLsn, long durableLsn) throws IOException;

    /// As [#resume(long, long)] when all is durable.
    default void resume(long endLsn) throws IOException {
        resume(endLsn, endLsn);
    }

    /// Where the next append goes; after [#resume].
    long endLsn();

    /// Bytes that can still be appended before the next [#roll]; 0 when no segment is open for appending.
    long room();

    /// Writes the remaining bytes of `bytes` at the end, which must be `lsn`; readable when this returns, durable
    /// only after [#sync]. Needs as much [#room]. After a failure the end is where it was, and the bytes behind it
    /// are unknown until [#rewind] succeeded.
    void append(long lsn, ByteBuffer bytes) throws IOException;

    /// Makes everything appended so far durable. After a failure nothing that was appended since the last success
    /// is to be trusted, and nothing may be appended, until [#restart] succeeded.
    void sync() throws IOException;

    /// After a failed [#sync], [#roll] or [#rewind]: goes on in a new segment, durably, leaving what is doubtful
    /// behind. The new one begins at `from` with a copy of the bytes up to `to`, where the log ends then; the one
    /// before it ends at `from`. After an exception nothing has changed but files that are not used, and it may be
    /// tried again.
    ///
    /// @param from everything before it is durable; within the current segment
    /// @param check looks through the copy before it counts
    /// @throws IOException also when `check` says no
    void restart(long from, long to, Check check) throws IOException;

    /// Decides whether a copy is what it must be.
    interface Check {
        boolean sound(Reader copy) throws IOException;
    }

    /// Moves the end back to `lsn`, within the current segment and not below what was synced, and makes sure,
    /// durably, that what was written behind it is not found again after a crash.
    void rewind(long lsn) throws IOException;

    /// Seals the current segment (after a [#sync] of its own) and opens the next at the same LSN, with room for at
    /// least `bytes`.
    void roll(long bytes) throws IOException;

    /// Gives back the space that was kept for a full disk, so that what follows may find room.
    ///
    /// @return false when none is kept
    default boolean spendReserve() throws IOException {
        return false;
    }

    /// Keeps some space for [#spendReserve], when none is kept and the disk has plenty.
    default void keepReserve() throws IOException {}

    /// Removes a sealed segment, or does so as soon as its last reader is closed. After a crash it may be there
    /// again.
    ///
    /// @throws SegmentGoneException when no sealed segment begins at `firstLsn`
    void delete(long firstLsn) throws IOException;

    /// Replaces a blob in one step; durable when this returns. Names: `a-z`, `0-9`, `.`, `-`, `_`, at most 100,
    /// not beginning with a dot.
    void putBlob(String name, ByteSource content) throws IOException;

    /// A blob's content as it was put; readable as long as it is neither replaced nor deleted, a stream already
    /// opened also beyond that.
    Optional<ByteSource> blob(String name) throws IOException;

    /// Removes a blob, durably; false when there was none.
    boolean deleteBlob(String name) throws IOException;

    /// The names of all blobs, sorted.
    List<String> blobs() throws IOException;

    /// Seals the current segment cleanly when all was synced, and lets go of the shard. Readers that are open stay
    /// so.
    @Override
    void close() throws IOException;

    /// Refuses a name that is not one of [#putBlob]'s.
    static String checkedBlobName(String name) {
        boolean good = !name.isEmpty() && name.length() <= 100 && name.charAt(0) != '.';
        for (int i = 0; good && i < name.length(); i++) {
            char c = name.charAt(i);
            good = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_';
        }
        if (!good) {
            throw new IllegalArgumentException("not a blob name: " + name);
        }
        return name;
    }
}
