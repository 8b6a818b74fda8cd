package palomar.storage;

import java.io.IOException;
import java.io.OutputStream;

/// The bytes of one message while they arrive: in memory up to 64 KiB, in a spool file above. They are parsed as
/// they pass, so that nothing has to be read again. One thread.
///
/// A full disk or a failed write shows as MailException (DISK_FULL, UNAVAILABLE) at the write or at [#finish()].
public abstract class Staging extends OutputStream {

    /// Bytes written so far.
    public abstract long size();

    /// Ends the message. The result is valid until this staging is closed and may be stored any number of times.
    public abstract StagedMessage finish() throws IOException;

    /// Lets go of memory and spool file; what was stored stays.
    @Override
    public abstract void close();
}
