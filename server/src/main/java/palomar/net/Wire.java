package palomar.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Bytes of one socket with deadlines and a way to wake the reader. One thread reads, one at a time writes;
/// [#stop], [#abort] and [#check] are for others.
///
/// A sleeping reader is woken with `shutdownInput`, which leaves the output open; it can't be undone and need not
/// be.
final class Wire {
    /// What each received byte adds to a running read deadline: one second a KiB, about.
    private static final long EARNED_NANOS_PER_BYTE = 1_000_000;

    private static final byte[] NOTHING = new byte[0];

    private final SocketChannel channel;
    private final boolean unix;
    private final LongSupplier nanos;

    // The reader's own.
    private long readLimit = Duration.ofMinutes(1).toNanos();
    private boolean readDueKnown;
    private long readDue;
    private byte[] pending = NOTHING;
    private int pendingAt;
    private long bytesIn;

    // The writer's own.
    private volatile long writeLimit = readLimit;
    private long bytesOut;
    private volatile boolean outputBroken;

    // Seen by the deadline thread: the nanosecond at which the wait is over, made odd; 0 when nobody waits.
    private volatile long readWait;
    private volatile long writeWait;

    private volatile boolean idle;
    private volatile boolean woken;
    private volatile boolean aborted;
    private volatile boolean stalled;
    private volatile ReadInterrupted.@Nullable Why stop;

    Wire(SocketChannel channel, SocketAddress local, LongSupplier nanos) {
        this.channel = channel;
        this.unix = local instanceof UnixDomainSocketAddress;
        this.nanos = nanos;
    }

    boolean unix() {
        return unix;
    }

    /// Starts a new read deadline of this length at the next read that waits.
    void readLimit(long limitNanos) {
        readLimit = limitNanos;
        readDueKnown = false;
    }

    /// What is under way must be whole within `limitNanos`: for the inside of a TLS record.
    void tighten(long limitNanos) {
        long due = nanos.getAsLong() + limitNanos;
        if (!readDueKnown || due - readDue < 0) {
            readDue = due;
            readDueKnown = true;
        }
    }

    void writeLimit(long limitNanos) {
        writeLimit = limitNanos;
    }

    /// True while the session waits between commands.
    boolean idle() {
        return idle;
    }

    void idle(boolean between) {
        idle = between;
    }

    /// Throws when the session is to end; `between` commands a polite stop counts too.
    void throwIfStopped() {
        ReadInterrupted.Why why = stop;
        if (why != null && (woken || idle)) {
            throw new ReadInterrupted(why);
        }
    }

    /// Bytes that can be read without waiting; 0 also when that can't be known.
    int available() {
        if (pendingAt < pending.length) {
            return pending.length - pendingAt;
        }
        if (unix) {
            return 0;
        }
        try {
            return channel.socket().getInputStream().available();
        } catch (IOException e) {
            return 0;
        }
    }

    /// Puts back bytes that were read but belong to the next reader.
    void unread(byte[] bytes) {
        pending = bytes;
        pendingAt = 0;
    }

    /// Waits for at least one byte; -1 at the end of the input.
    int read(byte[] target, int offset, int length) {
        if (pendingAt < pending.length) {
            return readPending(target, offset, length);
        }
        throwIfStopped();
        long now = nanos.getAsLong();
        long latest = now + readLimit;
        if (!readDueKnown || latest - readDue < 0) {
            readDue = latest;
            readDueKnown = true;
        }
        int count;
        readWait = readDue | 1;
        try {
            throwIfStopped();
            count = channel.read(ByteBuffer.wrap(target, offset, length));
        } catch (IOException e) {
            throw gone(e);
        } finally {
            readWait = 0;
        }
        if (count < 0) {
            ReadInterrupted.Why why = stop;
            if (why != null) {
                throw new ReadInterrupted(why);
            }
            return -1;
        }
        bytesIn += count;
        readDue += count * EARNED_NANOS_PER_BYTE;
        return count;
    }

    private int readPending(byte[] target, int offset, int length) {
        int count = Math.min(length, pending.length - pendingAt);
        System.arraycopy(pending, pendingAt, target, offset, count);
        pendingAt += count;
        if (pendingAt == pending.length) {
            unread(NOTHING);
        }
        return count;
    }

    /// Writes all of it, or throws [ClientGone].
    void write(byte[] source, int offset, int length) {
        ByteBuffer bytes = ByteBuffer.wrap(source, offset, length);
        writeWait = (nanos.getAsLong() + writeLimit) | 1;
        try {
            do {
                channel.write(bytes);
            } while (bytes.hasRemaining());
        } catch (IOException e) {
            outputBroken = true;
            throw gone(e);
        } finally {
            writeWait = 0;
        }
        bytesOut += length;
    }

    boolean outputBroken() {
        return outputBroken || aborted;
    }

    private ClientGone gone(IOException cause) {
        if (stalled) {
            return new ClientGone(ClientGone.Reason.STALLED, "the peer does not take our output");
        }
        if (aborted || cause instanceof AsynchronousCloseException || cause instanceof ClosedChannelException) {
            return new ClientGone(ClientGone.Reason.ABORTED, "closed by the server");
        }
        return new ClientGone(ClientGone.Reason.RESET, String.valueOf(cause.getMessage()));
    }

    /// Asks the session to end: at once with `force`, else when it waits between commands. The first reason stays.
    void stop(ReadInterrupted.Why why, boolean force) {
        synchronized (this) {
            if (stop == null) {
                stop = why;
            }
        }
        // The reader sets `idle` before it looks at `stop`, we the other way round: one of the two sees the other.
        if (force || idle) {
            wake();
        }
    }

    private void wake() {
        woken = true;
        try {
            channel.shutdownInput();
        } catch (IOException e) {
            abort();
        }
    }

    void abort() {
        aborted = true;
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone either way; there is nothing to lose on a socket that is thrown away.
            outputBroken = true;
        }
    }

    /// Ends waits that are over; called about once a second.
    void check(long now) {
        long read = readWait;
        if (read != 0 && now - read >= 0) {
            stop(ReadInterrupted.Why.TIMEOUT, true);
        }
        long write = writeWait;
        if (write != 0 && now - write >= 0) {
            stalled = true;
            abort();
        }
    }

    /// Takes what the peer sent and nobody will read: closing with unread input would reset the connection, and
    /// the reset may overtake our last line.
    void drainBriefly() {
        byte[] waste = new byte[512];
        try {
            for (int i = 0; i < 128 && available() > 0; i++) {
                if (channel.read(ByteBuffer.wrap(waste)) < 0) {
                    return;
                }
            }
        } catch (IOException e) {
            outputBroken = true;
        }
    }

    long bytesIn() {
        return bytesIn;
    }

    long bytesOut() {
        return bytesOut;
    }
}
