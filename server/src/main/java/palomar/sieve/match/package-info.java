/// How tests compare texts: comparators, match types, and a test's comparison ready to run. RFC 5228 2.7, RFC 5231
@NullMarked
package palomar.sieve.match;

import org.jspecify.annotations.NullMarked;
