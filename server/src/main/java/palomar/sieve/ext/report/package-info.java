/// Reports of abuse (vnd.dovecot.report). RFC 5965
@NullMarked
package palomar.sieve.ext.report;

import org.jspecify.annotations.NullMarked;
