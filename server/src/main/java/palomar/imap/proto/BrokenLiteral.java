package palomar.imap.proto;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A literal was announced and its content could not be delivered whole: the connection can only be closed. It is
/// our fault, not the client's, and belongs in the log as an error.
public final class BrokenLiteral extends IOException {
    private static final long serialVersionUID = 1;

    BrokenLiteral(long announced, long written, @Nullable Throwable cause) {
        super("literal of " + announced + " bytes broke off after " + written, cause);
    }
}
