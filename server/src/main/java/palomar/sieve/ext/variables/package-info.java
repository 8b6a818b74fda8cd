/// `set`, `string`, and variables in strings. RFC 5229
@NullMarked
package palomar.sieve.ext.variables;

import org.jspecify.annotations.NullMarked;
