/// POP3 on the wire (RFC 1939): commands in, replies and messages out. No state, no sockets.
///
/// Invariant: whatever a client sends becomes a [palomar.pop3.proto.Pop3Command]; nothing throws but the input.
@NullMarked
package palomar.pop3.proto;

import org.jspecify.annotations.NullMarked;
