/// IMAP sessions: what each command does. RFC 9051, RFC 3501 and the extensions that `Capabilities` lists.
///
/// [palomar.imap.ImapService] is the door for `palomar.server`: one per kind of listener. It runs an `ImapSession`
/// for each connection: reads a command (`palomar.imap.proto`), hands it by `Dispatch` to the command's handler,
/// tells what others did meanwhile, writes the tagged answer; `Standing` is what it holds. Handlers ask
/// `palomar.storage` and word what it says.
///
/// Invariants:
/// - Sequence numbers exist only in `SelectedMailbox`; the store never sees one.
/// - Commands of one session run one after the other, pipelined or not, so no two can be ambiguous (RFC 9051 5.5).
/// - No untagged EXPUNGE while a command by sequence number runs, nor while none runs (RFC 9051 7.5.1).
/// - A cursor, not a lock, is held while a slow client reads.
/// - Effects come last and in one transaction: a FETCH that failed has marked nothing as seen.
/// - A session that waits holds no buffer, no cursor and no second thread, in IDLE neither.
/// - No password and no message content is ever in an event.
///
/// Thread rule: a session belongs to its connection's virtual thread. During IDLE a short virtual thread writes
/// while the session's thread reads; they exclude each other by the lock in `Pusher`. While a command waits for
/// the store one of `Tickers` may say that it does.
@NullMarked
package palomar.imap;

import org.jspecify.annotations.NullMarked;
