/// What others found out about spam and viruses. RFC 5235
@NullMarked
package palomar.sieve.ext.spamtest;

import org.jspecify.annotations.NullMarked;
