/// Databases that need no database: the `static` passdb and userdb, and the door of the demo server.
///
/// Invariants: immutable after construction; safe for many threads; no I/O.
@NullMarked
package palomar.auth.fixed;

import org.jspecify.annotations.NullMarked;
