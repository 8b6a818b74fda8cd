/// A copy of what is sent in a mailbox. RFC 8580
@NullMarked
package palomar.sieve.ext.fcc;

import org.jspecify.annotations.NullMarked;
