/// `:index` and `:last` of tests on header fields. RFC 5260 6
@NullMarked
package palomar.sieve.ext.index;

import org.jspecify.annotations.NullMarked;
