/// The loop `foreverypart` and `break`. RFC 5703 3
@NullMarked
package palomar.sieve.ext.foreverypart;

import org.jspecify.annotations.NullMarked;
