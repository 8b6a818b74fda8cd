/// The program: command line, wiring, life cycle.
///
/// [palomar.server.Main] is the entry; [palomar.server.House] builds the server out of its parts by plain
/// constructors, starts and stops them in order and carries out reloads. The commands are in
/// `palomar.server.command`.
///
/// Invariants: one server for a data directory (its lock says so); `ready` is said when every listener accepts;
/// after a failed reload all is as before; whatever was opened is closed in reverse order, also when the start
/// fails half-way.
@NullMarked
package palomar.server;

import org.jspecify.annotations.NullMarked;
