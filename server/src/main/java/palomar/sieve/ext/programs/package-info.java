/// Programs of the operator: vnd.dovecot.pipe, vnd.dovecot.filter, vnd.dovecot.execute.
@NullMarked
package palomar.sieve.ext.programs;

import org.jspecify.annotations.NullMarked;
