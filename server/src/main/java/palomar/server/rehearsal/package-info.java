/// A day of a mail server in a few seconds, played by clients of our own: for the training of the AOT cache, and
/// to warm up a server that has just started.
@NullMarked
package palomar.server.rehearsal;

import org.jspecify.annotations.NullMarked;
