package palomar.imap.proto;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import palomar.mail.Flags;

/// The messages of an APPEND, pulled one after the other while they arrive: RFC 9051 6.3.12, MULTIAPPEND: RFC
/// 3502.
///
/// Every message must be read before the next is asked for. A handler that refuses simply stops: the reader brings
/// the dialogue back in step before the next command. Belongs to the session's thread.
public interface AppendMessages {

    /// The next message, or why there is none. After anything but [Message] there is nothing more to ask.
    Step next() throws IOException;

    /// What comes next.
    sealed interface Step {}

    /// @param flags without `\Recent`
    /// @param date the internal date, if the client gave one
    /// @param body must be read before [AppendMessages#next()] is called again
    record Message(Flags flags, Optional<Instant> date, IncomingLiteral body) implements Step {}

    /// The command is complete.
    record End() implements Step {}

    /// Not the grammar of APPEND: BAD.
    record Malformed(String why) implements Step {}

    /// A message larger than the server takes: NO [TOOBIG]. RFC 4469 5, RFC 7889 4
    record TooBig(long size, long limit) implements Step {}

    /// A non-synchronising literal larger than LITERAL- allows: BAD [TOOBIG]. RFC 7888 5
    record TooBigUnasked(long size, long limit) implements Step {}
}
