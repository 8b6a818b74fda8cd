/// Scripts for what IMAP clients do. RFC 6785
@NullMarked
package palomar.sieve.ext.imapsieve;

import org.jspecify.annotations.NullMarked;
