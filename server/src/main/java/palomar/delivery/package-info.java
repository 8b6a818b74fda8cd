/// From a message and its recipients to mailboxes: who is meant, which mailbox, which lines are put in front, and
/// is it going round in circles.
///
/// [palomar.delivery.Deliveries] serves LMTP and [palomar.delivery.Lda] alike. An [palomar.delivery.Incoming]
/// takes the bytes while they arrive and remembers what went wrong, so that a protocol can read its peer to the
/// end first.
///
/// Invariants: all recipients of a message are stored in one call; what is reported as stored is durable; each
/// recipient has an outcome of his own. Sieve will stand between finding the recipients and storing.
@NullMarked
package palomar.delivery;

import org.jspecify.annotations.NullMarked;
