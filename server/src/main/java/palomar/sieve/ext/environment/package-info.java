/// What is known of the world around a script. RFC 5183
@NullMarked
package palomar.sieve.ext.environment;

import org.jspecify.annotations.NullMarked;
