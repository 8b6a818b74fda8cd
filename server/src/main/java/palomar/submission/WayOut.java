package palomar.submission;

import palomar.smtp.client.Extensions;
import palomar.smtp.client.RelayTrouble;

/// Where users' mail goes. Safe for many threads.
public interface WayOut extends AutoCloseable {

    /// What may be promised to clients, as far as it is known just now: asked at every EHLO, remembered between.
    /// An unreachable relay promises nothing.
    Extensions extensions();

    /// A fresh way for one message. May wait for a moment.
    ///
    /// @throws RelayTrouble the relay is busy or away
    Passage begin() throws RelayTrouble;

    /// No new messages; those under way go on to their ends.
    @Override
    void close();
}
