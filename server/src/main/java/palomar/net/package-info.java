/// Sockets, TLS and who may come in: everything between the kernel and a protocol session.
///
/// A [palomar.net.Network] owns what connections share (buffers, the deadline thread, the register of live ones).
/// A [palomar.net.Listener] accepts, checks permits, reads the PROXY header, starts implicit TLS and calls a
/// [palomar.net.ConnectionHandler] on a fresh virtual thread; that thread owns the [palomar.net.Connection].
///
/// Invariants:
/// - a connection that waits for its peer holds no pooled buffer: 64 bytes in plain, a 5-byte record header under
///   TLS;
/// - no lock is held while a socket blocks, but the one that keeps TLS records in order;
/// - every wait for a peer has a deadline, kept by one thread that looks once a second;
/// - a session that is to end is woken, never interrupted: its output stays usable for a last line;
/// - a permit that was taken is given back, whatever happened.
@NullMarked
package palomar.net;

import org.jspecify.annotations.NullMarked;
