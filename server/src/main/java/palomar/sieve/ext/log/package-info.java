/// Lines for the user's log: vnd.dovecot.debug and vnd.cyrus.log.
@NullMarked
package palomar.sieve.ext.log;

import org.jspecify.annotations.NullMarked;
