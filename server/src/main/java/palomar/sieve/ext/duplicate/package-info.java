/// Whether the message was delivered before. RFC 7352
@NullMarked
package palomar.sieve.ext.duplicate;

import org.jspecify.annotations.NullMarked;
