/// Operating a running server: the control socket and what is said over it.
///
/// [palomar.admin.ControlServer] listens on a Unix socket in the data directory; [palomar.admin.ControlClient] is
/// the command line's side. A request is one line, the verb and its arguments separated by tabs; the answer is any
/// number of lines that start with `+`, then one that is `ok` or `fail`, an exit code (sysexits) and a text. Verbs
/// are given by the house, so that the command line and a later HTTP API run the same code. Behind a request for a
/// [palomar.admin.ControlIntake] follow bytes until the caller shuts its side down.
///
/// Invariants: only the user who runs the server, and root, get an answer; a caller that says nothing or reads
/// nothing holds one virtual thread and never the server; a verb that fails because of us is logged with its
/// cause.
@NullMarked
package palomar.admin;

import org.jspecify.annotations.NullMarked;
