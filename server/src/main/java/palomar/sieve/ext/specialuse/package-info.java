/// Mailboxes by what they are for. RFC 8579
@NullMarked
package palomar.sieve.ext.specialuse;

import org.jspecify.annotations.NullMarked;
