/// The `envelope` test. RFC 5228 5.4
@NullMarked
package palomar.sieve.ext.envelope;

import org.jspecify.annotations.NullMarked;
