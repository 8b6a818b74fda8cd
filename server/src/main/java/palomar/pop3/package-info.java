/// POP3 sessions (RFC 1939) over the store.
///
/// Invariants: a session sees INBOX as it was at login; nothing is deleted before QUIT, and nothing at all when
/// the client vanishes before it. Sizes are those of the index, which are exactly what RETR sends.
@NullMarked
package palomar.pop3;

import org.jspecify.annotations.NullMarked;
