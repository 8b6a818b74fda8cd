/// The action `enclose`. RFC 5703 6
@NullMarked
package palomar.sieve.ext.enclose;

import org.jspecify.annotations.NullMarked;
