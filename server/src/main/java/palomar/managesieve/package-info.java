/// ManageSieve: users look after their Sieve scripts. RFC 5804
///
/// A [palomar.managesieve.ManageSieveSession] is one connection on its own virtual thread, as in IMAP and LMTP.
/// What it stores goes to [palomar.scripts.ScriptStore]; whether a script may be stored is asked of a
/// [palomar.managesieve.ScriptCheck], so that nothing here knows the language.
@NullMarked
package palomar.managesieve;

import org.jspecify.annotations.NullMarked;
