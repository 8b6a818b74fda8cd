/// Scripts and their runs in words, for people.
@NullMarked
package palomar.sieve.trace;

import org.jspecify.annotations.NullMarked;
