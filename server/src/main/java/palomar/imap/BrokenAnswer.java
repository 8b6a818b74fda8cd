package palomar.imap;

import java.io.IOException;

/// A response was begun and could not be finished: nothing that makes sense can follow on this connection. Our
/// fault, not the client's.
final class BrokenAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenAnswer(Throwable cause) {
        super("a response broke off", cause);
    }
}
