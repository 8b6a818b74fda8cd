/// Refusing a message. RFC 5429
@NullMarked
package palomar.sieve.ext.reject;

import org.jspecify.annotations.NullMarked;
