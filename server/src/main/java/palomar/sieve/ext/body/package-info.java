/// The `body` test. RFC 5173
@NullMarked
package palomar.sieve.ext.body;

import org.jspecify.annotations.NullMarked;
