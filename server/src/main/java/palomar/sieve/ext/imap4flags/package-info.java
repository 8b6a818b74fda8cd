/// Flags of the message, and the deprecated way to set them. RFC 5232
@NullMarked
package palomar.sieve.ext.imap4flags;

import org.jspecify.annotations.NullMarked;
