package palomar.imap.proto;

import java.io.IOException;
import java.io.OutputStream;

/// A message on its way in: announced, not yet read. RFC 9051 4.3, literal8: RFC 3516 4.4
///
/// A synchronising literal is asked for (`+ `) at the first read and not before, so a command can still be refused
/// for free; what is not read is dealt with by the reader before the next command. Belongs to the session's
/// thread.
public interface IncomingLiteral {

    /// Announced size in bytes; within the limit.
    long size();

    /// `~{n}`: may contain NUL.
    boolean isBinary();

    /// Reads all of it into `target`, which is not closed. May be called once.
    ///
    /// When `target` throws, the rest stays unread and the reader skips it later.
    ///
    /// @throws java.io.EOFException when the client goes away in between
    void transferTo(OutputStream target) throws IOException;
}
