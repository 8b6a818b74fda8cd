/// What the JDK does not offer of the operating system, called through the foreign function interface.
///
/// Invariants: method handles are `static final`; a symbol that is missing on this system is an answer
/// (`available()`), not an error at class loading; calls that may take long say so, and their callers run them on
/// platform threads of their own, because a native call holds the carrier of a virtual thread.
@NullMarked
package palomar.os;

import org.jspecify.annotations.NullMarked;
