/// Runs `.svtest` files: Sieve scripts that test Sieve scripts (`palomar sieve test`).
/// docs/reference/sieve-test.md
///
/// Each file has a world of its own: a mail store in memory, a list of sent messages, settings, an envelope. The
/// extension `vnd.dovecot.testsuite` is known here and nowhere else.
@NullMarked
package palomar.sievetest;

import org.jspecify.annotations.NullMarked;
