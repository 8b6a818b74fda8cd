/// `${hex:...}` and `${unicode:...}` in strings. RFC 5228 2.4.2.4
@NullMarked
package palomar.sieve.ext.encodedcharacter;

import org.jspecify.annotations.NullMarked;
