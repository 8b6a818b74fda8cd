package palomar.server.rehearsal;

import java.io.IOException;

/// The server that is rehearsed, as a client reaches it. Safe for many threads.
public interface Stage {
    /// The ways in that are rehearsed.
    enum Entrance {
        IMAP,
        IMAPS,
        LMTP
    }

    /// A new connection, whose greeting was read.
    Partner enter(Entrance entrance) throws IOException;

    /// Whether the play may go on; asked before each line. It may wait, to let others pass.
    boolean mayGoOn();

    /// A command was not accepted, which hurts nobody; for tests.
    default void refused(String command) {}
}
