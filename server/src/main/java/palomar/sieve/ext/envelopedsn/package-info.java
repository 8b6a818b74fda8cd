/// Delivery status and deadlines in the envelope. RFC 6009 3, 4
@NullMarked
package palomar.sieve.ext.envelopedsn;

import org.jspecify.annotations.NullMarked;
