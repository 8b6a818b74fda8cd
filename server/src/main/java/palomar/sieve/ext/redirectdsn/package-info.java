/// Delivery status and deadlines of redirected mail. RFC 6009 5, 6
@NullMarked
package palomar.sieve.ext.redirectdsn;

import org.jspecify.annotations.NullMarked;
