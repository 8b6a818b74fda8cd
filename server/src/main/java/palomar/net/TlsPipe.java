package palomar.net;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// TLS over a [Wire], record by record. It waits with an array that holds a command as most clients send them, so
/// that such a record costs one system call, and borrows buffers for longer ones: between records it holds nothing
/// else.
///
/// What the engine says at the end of a handshake (session tickets) goes out with the first answer, in one packet.
/// One thread reads while another writes; `writing` keeps records in order when the reader has something to answer
/// (a TLS 1.3 KeyUpdate). RFC 8446 5
final class TlsPipe {
    private static final long RECORD_NANOS = Duration.ofMinutes(1).toNanos();
    private static final byte[] NOTHING = new byte[0];
    private static final int HEADER = 5;
    private static final int AHEAD = 96;

    /// Smaller records are decrypted into arrays of their own size: cheaper than two visits to the pool.
    private static final int SMALL = 1024;

    /// Records in a row that carry no data (KeyUpdate, empty fragments) before we take it for an attack.
    private static final int MOST_EMPTY_RECORDS = 32;

    private final Wire wire;
    private final SSLEngine engine;
    private final HandshakeGate gate;
    private final BufferPool pool;
    private final ReentrantLock writing = new ReentrantLock();
    private final byte[] header = new byte[HEADER];
    private final byte[] ahead = new byte[AHEAD];
    private int aheadFrom;
    private int aheadTo;

    /// Records that wait for the next write or the next wait; changed under `writing`.
    private byte[] unsent = NOTHING;

    private boolean inboundDone;
    private boolean established;

    TlsPipe(Wire wire, TlsContext context, BufferPool pool, HandshakeGate gate) {
        this.wire = wire;
        this.gate = gate;
        this.engine = context.newEngine();
        this.pool = pool;
    }

    /// Decrypted bytes; the reader gives them back to the pool when `pooled`.
    record Plaintext(byte[] bytes, int length, boolean pooled) {}

    SSLEngine engine() {
        return engine;
    }

    /// The whole handshake, and the session tickets that follow it.
    void handshake() {
        wire.readLimit(gate.patienceNanos());
        try {
            engine.beginHandshake();
        } catch (SSLException e) {
            throw broken(e);
        }
        boolean done = false;
        while (!done) {
            switch (engine.getHandshakeStatus()) {
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    sendUnsent();
                    Plaintext early = readRecord();
                    if (early != null || inboundDone) {
                        throw new ClientGone(ClientGone.Reason.CLOSED, "the peer ended the TLS handshake");
                    }
                }
                case NEED_WRAP -> collect();
                case NEED_TASK -> runTasks();
                case FINISHED, NOT_HANDSHAKING -> done = true;
            }
        }
        established = true;
    }

    /// The next bytes of the peer, at least one; null at the end.
    @Nullable
    Plaintext read() {
        sendUnsent();
        for (int empty = 0; empty < MOST_EMPTY_RECORDS; empty++) {
            Plaintext got = readRecord();
            if (got != null || inboundDone) {
                return got;
            }
            answerPeer();
        }
        throw new ClientGone(ClientGone.Reason.TLS, "too many TLS records without data");
    }

    private void answerPeer() {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_WRAP) {
            sendPending();
        } else if (status == HandshakeStatus.NEED_TASK) {
            if (!engine.getSession().getProtocol().equals("TLSv1.3")) {
                throw new ClientGone(ClientGone.Reason.TLS, "the peer asked for renegotiation");
            }
            runTasks();
            sendPending();
        }
    }

    /// One record. Null: it carried no data for us; at the end `inboundDone` is set as well.
    private @Nullable Plaintext readRecord() {
        if (!readFully(header, 0, HEADER)) {
            inboundDone = true;
            return null;
        }
        int length = recordLength();
        wire.tighten(RECORD_NANOS);
        if (length <= SMALL) {
            byte[] plain = new byte[length];
            int count = decrypt(new byte[HEADER + length], length, plain);
            return count == 0 ? null : new Plaintext(plain, count, false);
        }
        byte[] plain = pool.borrow();
        int count = 0;
        try {
            byte[] cipher = pool.borrow();
            try {
                count = decrypt(cipher, length, plain);
            } finally {
                pool.giveBack(cipher);
            }
        } finally {
            if (count == 0) {
                pool.giveBack(plain);
            }
        }
        return count == 0 ? null : new Plaintext(plain, count, true);
    }

    /// Checks the header before anything is borrowed for it. RFC 8446 5.1
    private int recordLength() {
        int type = header[0];
        int length = (header[3] & 0xff) << 8 | header[4] & 0xff;
        if (type < 20 || type > 23 || header[1] != 3) {
            throw new ClientGone(ClientGone.Reason.TLS, "the peer does not speak TLS");
        }
        if (length > pool.bufferBytes() - HEADER) {
            throw new ClientGone(ClientGone.Reason.TLS, "TLS record too long: " + length);
        }
        return length;
    }

    private int decrypt(byte[] cipher, int length, byte[] plain) {
        System.arraycopy(header, 0, cipher, 0, HEADER);
        if (!readFully(cipher, HEADER, length)) {
            inboundDone = true;
            return 0;
        }
        SSLEngineResult result;
        try {
            result = engine.unwrap(ByteBuffer.wrap(cipher, 0, HEADER + length), ByteBuffer.wrap(plain));
        } catch (SSLException e) {
            throw broken(e);
        }
        return switch (result.getStatus()) {
            case OK -> result.bytesProduced();
            case CLOSED -> {
                inboundDone = true;
                yield 0;
            }
            case BUFFER_UNDERFLOW, BUFFER_OVERFLOW ->
                throw new ClientGone(ClientGone.Reason.TLS, "TLS record of an impossible size: " + length);
        };
    }

    private boolean readFully(byte[] target, int offset, int length) {
        int done = 0;
        while (done < length) {
            int wanted = length - done;
            if (aheadFrom == aheadTo && wanted >= AHEAD) {
                int count = wire.read(target, offset + done, wanted);
                if (count < 0) {
                    return false;
                }
                done += count;
                continue;
            }
            if (aheadFrom == aheadTo && !arrived(wire.read(ahead, 0, AHEAD))) {
                return false;
            }
            int taken = Math.min(wanted, aheadTo - aheadFrom);
            System.arraycopy(ahead, aheadFrom, target, offset + done, taken);
            aheadFrom += taken;
            done += taken;
        }
        return true;
    }

    /// What to read into while nothing is there; null when the next record has begun to arrive.
    byte @Nullable [] waitingArray() {
        sendUnsent();
        return aheadFrom < aheadTo ? null : ahead;
    }

    /// So much has come into the array of [#waitingArray()]; false at the end of the input.
    boolean arrived(int count) {
        aheadFrom = 0;
        aheadTo = Math.max(0, count);
        return count > 0;
    }

    private void runTasks() {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            gate.run(task);
            task = engine.getDelegatedTask();
        }
    }

    /// Encrypts and sends, in records of up to 16 KiB.
    void write(byte[] source, int offset, int length) {
        ByteBuffer plain = ByteBuffer.wrap(source, offset, length);
        writing.lock();
        try {
            byte[] cipher = pool.borrow();
            try {
                int start = putUnsent(cipher);
                while (plain.hasRemaining()) {
                    int before = plain.remaining();
                    int count = wrap(plain, cipher, start);
                    if (count == 0 && plain.remaining() == before) {
                        throw new ClientGone(ClientGone.Reason.TLS, "TLS output is closed");
                    }
                    wire.write(cipher, 0, start + count);
                    start = 0;
                }
            } finally {
                pool.giveBack(cipher);
            }
        } finally {
            writing.unlock();
        }
    }

    /// Moves what is unsent to the front of a buffer that the next record fits in behind it; returns its length.
    private int putUnsent(byte[] cipher) {
        int length = unsent.length;
        if (length == 0) {
            return 0;
        }
        if (cipher.length - length < engine.getSession().getPacketBufferSize()) {
            sendUnsent();
            return 0;
        }
        System.arraycopy(unsent, 0, cipher, 0, length);
        unsent = NOTHING;
        return length;
    }

    /// Takes what the engine has to say by itself.
    private void collect() {
        writing.lock();
        try {
            byte[] cipher = pool.borrow();
            try {
                while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                    int count = wrap(ByteBuffer.allocate(0), cipher, 0);
                    if (count == 0) {
                        break;
                    }
                    int end = unsent.length;
                    unsent = Arrays.copyOf(unsent, end + count);
                    System.arraycopy(cipher, 0, unsent, end, count);
                }
            } finally {
                pool.giveBack(cipher);
            }
        } finally {
            writing.unlock();
        }
    }

    private void sendUnsent() {
        // A stale look is no harm: only this thread adds to it while it handshakes or reads.
        if (unsent.length == 0) {
            return;
        }
        writing.lock();
        try {
            byte[] flight = unsent;
            unsent = NOTHING;
            if (flight.length > 0) {
                wire.write(flight, 0, flight.length);
            }
        } finally {
            writing.unlock();
        }
    }

    /// Sends what the engine has to say by itself, in one write.
    private void sendPending() {
        collect();
        sendUnsent();
    }

    private int wrap(ByteBuffer plain, byte[] cipher, int start) {
        try {
            return engine.wrap(plain, ByteBuffer.wrap(cipher, start, cipher.length - start))
                    .bytesProduced();
        } catch (SSLException e) {
            throw new ClientGone(ClientGone.Reason.TLS, String.valueOf(e.getMessage()));
        }
    }

    private ClientGone broken(SSLException cause) {
        if (!wire.outputBroken()) {
            try {
                sendPending();
            } catch (ClientGone gone) {
                // The alert is a courtesy; the reason that we report is the first one.
                return new ClientGone(ClientGone.Reason.TLS, String.valueOf(cause.getMessage()));
            }
        }
        return new ClientGone(ClientGone.Reason.TLS, String.valueOf(cause.getMessage()));
    }

    /// Says close_notify, unless someone is still writing; never waits for the peer's.
    void close() {
        engine.closeOutbound();
        if (!established || wire.outputBroken() || !writing.tryLock()) {
            return;
        }
        try {
            sendPending();
        } catch (ClientGone gone) {
            // He did not wait for our goodbye.
            inboundDone = true;
        } finally {
            writing.unlock();
        }
    }
}
