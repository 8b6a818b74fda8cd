/// Sieve, a language for filtering mail. RFC 5228
///
/// A script is compiled once ([palomar.bytes] in, diagnostics or a program out) and run once for each message. A
/// run carries nothing out: what the script wants done is a [palomar.sieve.Result], a list of
/// [palomar.sieve.Action]s, and what it asks of the world it asks of a [palomar.sieve.Host]. `palomar.delivery`
/// carries results out.
@NullMarked
package palomar.sieve;

import org.jspecify.annotations.NullMarked;
