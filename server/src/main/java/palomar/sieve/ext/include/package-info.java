/// Scripts within scripts. RFC 6609
@NullMarked
package palomar.sieve.ext.include;

import org.jspecify.annotations.NullMarked;
