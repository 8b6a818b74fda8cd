/// What goes over an IMAP connection, as values: every command a client can give ([palomar.imap.proto.Command]),
/// the reader that makes them from bytes, and the writer that prints answers. RFC 9051, RFC 3501 and their
/// extensions.
///
/// Nothing here opens a socket or knows a store: the reader takes bytes from a `ByteInput` and asks for
/// synchronising literals through a callback; the writer prints to a `ByteOutput`. So both are tested and fuzzed
/// on plain arrays.
///
/// Invariants:
/// - What a client said is a value. A line that does not parse is [palomar.imap.proto.Command.Malformed], and the
///   reader stands at the start of the next command, literals of the bad one included.
/// - Message sequence numbers and UIDs have types of their own from the parser on: [palomar.imap.proto.NumberSet].
/// - Names and texts in commands are Unicode: modified UTF-7 and charsets end here. Which hierarchy separator and
///   which namespace a name means is the session's business.
/// - Only a message being appended may be large; it is streamed, never held. All else is bounded by
///   [palomar.imap.proto.Limits].
///
/// Threads: a reader or a writer belongs to one thread at a time; the values are immutable unless they say
/// otherwise.
@NullMarked
package palomar.imap.proto;

import org.jspecify.annotations.NullMarked;
