/// Where Sieve scripts are kept: those of users, which they change by ManageSieve, and those of the operator.
///
/// A [palomar.scripts.ScriptStore] opens the [palomar.scripts.UserScripts] of one user. There are two: in the mail
/// store ([palomar.scripts.MailScripts]), and in files as Dovecot's Pigeonhole has them
/// ([palomar.scripts.FileScripts]), where other programs may change them meanwhile. `ScriptsContract` holds for
/// both. [palomar.scripts.ScriptSource] is what an operator wrote: a file or a folder, never changed here.
///
/// Invariants of every store:
/// - what a method acknowledges is durable, and survives `kill -9`;
/// - a script is there in whole, old or new, at every moment: whoever reads it meanwhile never sees a mixture, and
///   a replaced active script leaves no moment without one;
/// - at most one script is active, and it can't be deleted.
///
/// Nothing here knows the language: who puts a script has compiled it before.
@NullMarked
package palomar.scripts;

import org.jspecify.annotations.NullMarked;
