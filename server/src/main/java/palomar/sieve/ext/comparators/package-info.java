/// Comparators that have to be required. RFC 5228 2.7.3, RFC 5051
@NullMarked
package palomar.sieve.ext.comparators;

import org.jspecify.annotations.NullMarked;
