/// Mailboxes by their ids. RFC 9042
@NullMarked
package palomar.sieve.ext.mailboxid;

import org.jspecify.annotations.NullMarked;
