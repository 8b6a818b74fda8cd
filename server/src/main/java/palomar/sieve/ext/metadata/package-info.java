/// Annotations of mailboxes and of the server. RFC 5490 4, 5
@NullMarked
package palomar.sieve.ext.metadata;

import org.jspecify.annotations.NullMarked;
