/// LMTP, the way in for an MTA. RFC 2033
///
/// A [palomar.lmtp.LmtpService] makes an [palomar.lmtp.LmtpSession] for each connection; everything in it runs on
/// the connection's virtual thread. A [palomar.lmtp.LmtpTransaction] is one message from MAIL to its answers.
///
/// Invariants: the answer for a recipient goes out after his copy is durable, never before; the content streams
/// into the store while it arrives; whatever goes wrong with a message, the session stays in step with its client.
@NullMarked
package palomar.lmtp;

import org.jspecify.annotations.NullMarked;
