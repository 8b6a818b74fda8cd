package palomar.os;

import java.io.IOException;

/// A held file lock. The file itself stays when the lock is let go. Dies with the process. Closing twice does
/// nothing more.
public interface DiskLock extends AutoCloseable {
    @Override
    void close() throws IOException;
}
