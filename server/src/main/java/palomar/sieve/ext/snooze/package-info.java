/// Messages that come back later: draft-ietf-extra-sieve-snooze-06.
@NullMarked
package palomar.sieve.ext.snooze;

import org.jspecify.annotations.NullMarked;
