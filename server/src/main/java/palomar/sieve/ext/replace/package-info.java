/// The action `replace`. RFC 5703 5
@NullMarked
package palomar.sieve.ext.replace;

import org.jspecify.annotations.NullMarked;
