/// The `ihave` test and the `error` command. RFC 5463
@NullMarked
package palomar.sieve.ext.ihave;

import org.jspecify.annotations.NullMarked;
