/// SMTP as LMTP and Submission speak it: commands, replies and message content, without sockets and sessions.
///
/// A [palomar.smtp.proto.SmtpReader] turns input into [palomar.smtp.proto.SmtpCommand] values; what can't be
/// understood is a value too and carries its reply. A [palomar.smtp.proto.SmtpReply] prints itself.
///
/// Invariants: only CRLF ends a command, only CRLF.CRLF ends a message (a bare LF never does: no smuggling); no
/// control character gets into a value that is later printed; memory is bounded by the line limit. One thread owns
/// a reader.
@NullMarked
package palomar.smtp.proto;

import org.jspecify.annotations.NullMarked;
