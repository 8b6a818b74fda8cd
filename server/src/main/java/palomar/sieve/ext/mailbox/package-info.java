/// `mailboxexists` and `:create`. RFC 5490 3
@NullMarked
package palomar.sieve.ext.mailbox;

import org.jspecify.annotations.NullMarked;
