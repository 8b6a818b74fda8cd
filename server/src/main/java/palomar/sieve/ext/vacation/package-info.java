/// Replies in absence. RFC 5230, RFC 6131
@NullMarked
package palomar.sieve.ext.vacation;

import org.jspecify.annotations.NullMarked;
