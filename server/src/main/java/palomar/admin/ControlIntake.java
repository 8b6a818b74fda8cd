package palomar.admin;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Something that a caller brings more bytes for than fit in arguments. Called by any thread, many at a time.
@FunctionalInterface
public interface ControlIntake {
    /// Reads `content`, which ends when the caller has sent all, and takes it in; or throws [ControlFailure] to
    /// refuse, at whatever byte. Throws IOException when the caller is lost.
    void take(List<String> arguments, InputStream content) throws IOException;
}
