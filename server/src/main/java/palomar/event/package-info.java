/// Structured events: the one source of log lines, for people and for machines.
///
/// An [palomar.event.Event] is a scope (the server, a session, a command) with fields; what happens in it is said
/// with a
/// name and further fields. Sinks decide how it looks. No secret and no message content is ever a field.
@NullMarked
package palomar.event;

import org.jspecify.annotations.NullMarked;
