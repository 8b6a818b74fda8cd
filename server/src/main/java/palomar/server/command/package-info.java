/// The commands of the program `palomar`, one class each.
///
/// [palomar.server.command.CommandLines] makes only the command that was asked for, because building all of them
/// costs a good part of the time in which a server should be up. A command ends with an exit code of
/// [palomar.server.ExitCode]; what it refuses it throws as [palomar.server.Refused].
@NullMarked
package palomar.server.command;

import org.jspecify.annotations.NullMarked;
