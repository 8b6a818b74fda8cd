/// The match types `:value` and `:count`. RFC 5231
@NullMarked
package palomar.sieve.ext.relational;

import org.jspecify.annotations.NullMarked;
