/// SMTP and LMTP as a client speaks them, to a relay: connections, transactions with an outcome for each
/// recipient,
/// and a small pool; also mail handed to a `sendmail` command.
///
/// Invariants: nothing here decides when to try again or whom to tell; a reply of the peer is data that is
/// checked,
/// bounded and never a command to us; a secret is sent under TLS or not at all; a message is accepted for a
/// recipient only when the peer said so behind the content. One thread owns a connection.
@NullMarked
package palomar.smtp.client;

import org.jspecify.annotations.NullMarked;
