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

/// TLS over a [Wire], record by record: it reads the five bytes of a header, then exactly that record, so that it
/// is always aligned and holds nothing while it waits for the next one.
///
/// One thread reads while another writes; `writing` keeps records in order when the reader has something to answer
/// (a TLS 1.3 KeyUpdate). RFC 8446 5
final class TlsPipe {
    private static final long HANDSHAKE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long RECORD_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int HEADER = 5;

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
        wire.readLimit(HANDSHAKE_NANOS);
        try {
            engine.beginHandshake();
        } catch (SSLException e) {
            throw broken(e);
        }
        boolean done = false;
        while (!done) {
            switch (engine.getHandshakeStatus()) {
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    Plaintext early = readRecord();
                    if (early != null || inboundDone) {
                        throw new ClientGone(ClientGone.Reason.CLOSED, "the peer ended the TLS handshake");
                    }
                }
                case NEED_WRAP -> sendPending();
                case NEED_TASK -> runTasks();
                case FINISHED, NOT_HANDSHAKING -> done = true;
            }
        }
        established = true;
    }

    /// The next bytes of the peer, at least one; null at the end.
    @Nullable
    Plaintext read() {
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
            int count = wire.read(target, offset + done, length - done);
            if (count < 0) {
                return false;
            }
            done += count;
        }
        return true;
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
                while (plain.hasRemaining()) {
                    int before = plain.remaining();
                    int count = wrap(plain, cipher);
                    if (count == 0 && plain.remaining() == before) {
                        throw new ClientGone(ClientGone.Reason.TLS, "TLS output is closed");
                    }
                    wire.write(cipher, 0, count);
                }
            } finally {
                pool.giveBack(cipher);
            }
        } finally {
            writing.unlock();
        }
    }

    /// Sends what the engine has to say by itself, in one write.
    private void sendPending() {
        writing.lock();
        try {
            byte[] cipher = pool.borrow();
            byte[] flight = new byte[0];
            try {
                while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                    int count = wrap(ByteBuffer.allocate(0), cipher);
                    if (count == 0) {
                        break;
                    }
                    int end = flight.length;
                    flight = Arrays.copyOf(flight, end + count);
                    System.arraycopy(cipher, 0, flight, end, count);
                }
            } finally {
                pool.giveBack(cipher);
            }
            if (flight.length > 0) {
                wire.write(flight, 0, flight.length);
            }
        } finally {
            writing.unlock();
        }
    }

    private int wrap(ByteBuffer plain, byte[] cipher) {
        try {
            return engine.wrap(plain, ByteBuffer.wrap(cipher)).bytesProduced();
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
