package palomar.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import palomar.bytes.ByteInput;
import palomar.bytes.ByteOutput;

/// One client connection.
///
/// Owned by one virtual thread, which alone reads. Another thread may write through [#out()] meanwhile under a
/// lock of the session; [#wakeReader], [#abort], [#user], [#state] and [#facts] may be called by any thread.
/// Reads and writes throw [ClientGone] when the peer is gone and [ReadInterrupted] when we want the session to
/// end.
public interface Connection extends AutoCloseable {

    /// Short and unique over restarts; stands in each log line of the session.
    String id();

    /// The listener's protocol: `imap`, `lmtp`, ...
    String protocol();

    /// The client's address, after the PROXY protocol.
    SocketAddress peer();

    /// The address it came to, after the PROXY protocol.
    SocketAddress local();

    /// True under TLS, ours or that of a trusted proxy.
    boolean secured();

    boolean isUnix();

    /// True when the client's address (after the PROXY protocol) is this machine; also for Unix sockets.
    boolean isLoopback();

    ByteInput in();

    /// Flush before waiting for input; a flush gives the buffer back.
    ByteOutput out();

    /// Whether output is flushed whenever a read has to wait for the peer. So a session that answers pipelined
    /// commands need not know how much of the next one is here, and no client waits for an answer that lies in
    /// our buffer. Off until asked for; off while another thread writes.
    void flushBeforeWaiting(boolean on);

    /// Waits between commands, holding nothing. While it waits the session counts as idle: a shutdown or a kick
    /// wakes it with [ReadInterrupted]. The first call to read after it starts a fresh [#readDeadline].
    ///
    /// @param idle the longest wait, then [ReadInterrupted] with TIMEOUT
    /// @return false at the end of the input
    boolean awaitInput(Duration idle);

    /// How long the peer may take for what is read from now on, until the next call or [#awaitInput]. Each KiB
    /// that arrives earns another second (up to `limit` ahead), so that a large upload passes and a slow drip does
    /// not. One minute until set.
    void readDeadline(Duration limit);

    /// How long the peer may take to accept one buffer of output (16 KiB), then [ClientGone]. One minute until
    /// set.
    void writeDeadline(Duration limit);

    /// Becomes the server's side of a TLS handshake on this connection and finishes it, within
    /// [NetworkLimits#handshake()].
    ///
    /// The caller has flushed its OK. What the peer sent ahead in plain is dropped: RFC 9051 6.2.1, the injection
    /// guard.
    void startTls(TlsContext context);

    /// True while both directions are compressed.
    boolean compressed();

    /// Compresses what is written from here on and decompresses what comes, below what the session reads and above
    /// TLS: raw DEFLATE, RFC 4978. The caller has flushed its OK. An idle session holds no compressor, only what
    /// the client said last (at most 32 KiB), to which it may refer. Bytes that do not decompress end the session.
    void startCompression();

    /// Ends it: at once for what we write (the caller has flushed), and for what comes behind the burst that was
    /// read last, whose end it waits for. RFC 8437 4.1
    void endCompression() throws IOException;

    /// What TLS agreed on; empty in plain.
    Optional<TlsFacts> tls();

    /// Channel binding `tls-exporter` (RFC 9266), 32 bytes; empty in plain and behind a proxy that ended TLS.
    Optional<byte[]> channelBinding();

    /// Channel binding `tls-server-end-point` (RFC 5929 4): a hash of the certificate that this server has shown;
    /// empty in plain, behind a proxy that ended TLS, and for certificates whose signature has no hash function of
    /// its own.
    Optional<byte[]> endPointBinding();

    /// Ends the session from outside: a blocked or later read throws [ReadInterrupted]; output stays usable. The
    /// first reason stays.
    void wakeReader(ReadInterrupted.Why why);

    /// Closes at once from another thread, in whatever the session is doing.
    void abort();

    /// Who is logged in, for `who` and `kick`; empty string before.
    void user(String name);

    /// One word for what the session is at (`login`, `INBOX`, `DATA`), for `who`.
    void state(String word);

    ConnectionFacts facts();

    /// Gives buffers back, sends TLS close_notify without waiting for the answer, closes. Unflushed output is
    /// lost.
    @Override
    void close();
}
