package palomar.imap.proto;

import java.io.IOException;

/// Called when a synchronising literal was accepted: the session sends `+ ` and everything before it, at once,
/// because the client waits. RFC 9051 7.6
@FunctionalInterface
public interface Continuation {
    void proceed() throws IOException;
}
