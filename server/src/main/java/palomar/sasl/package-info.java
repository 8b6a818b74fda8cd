/// SASL mechanisms (RFC 4422) as state machines without I/O: bytes in, a [palomar.sasl.Step] out.
///
/// Invariants: a mechanism never looks at a database; it ends by handing over what the client claimed, and
/// the door (`palomar.auth`) decides. Base64 and protocol framing stay outside. Whatever the client sends is
/// bounded and checked here; a wrong message is [palomar.sasl.Step.Failed], never an exception. A mechanism
/// object serves one exchange on one thread.
@NullMarked
package palomar.sasl;

import org.jspecify.annotations.NullMarked;
