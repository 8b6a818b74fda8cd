/// The action `extracttext`. RFC 5703 7
@NullMarked
package palomar.sieve.ext.extracttext;

import org.jspecify.annotations.NullMarked;
