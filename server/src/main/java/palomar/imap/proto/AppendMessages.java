package palomar.imap.proto;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import palomar.mail.Flags;

/// The messages of an APPEND, pulled one after the other while they arrive: RFC 9051 6.3.12, MULTIAPPEND: RFC
/// 3502, CATENATE: RFC 4469 3.
///
/// Every message, and every part of a catenation, must be read before the next is asked for. A handler that
/// refuses simply stops: the reader brings the dialogue back in step before the next command. Belongs to the
/// session's thread.
public interface AppendMessages {

    /// The next message, or why there is none. After anything but [Message] and [Catenation] there is nothing more
    /// to ask.
    Step next() throws IOException;

    /// What comes next in the command.
    sealed interface Step {}

    /// @param flags without `\Recent`
    /// @param date the internal date, if the client gave one
    /// @param annotations RFC 5257 4.7
    /// @param body must be read before [AppendMessages#next()] is called again
    record Message(
            Flags flags, Optional<Instant> date, Map<AnnotationKey, Optional<byte[]>> annotations, IncomingLiteral body)
            implements Step {}

    /// A message put together from parts.
    ///
    /// @param parts must be pulled to [Done] before [AppendMessages#next()] is called again
    record Catenation(
            Flags flags, Optional<Instant> date, Map<AnnotationKey, Optional<byte[]>> annotations, Parts parts)
            implements Step {}

    /// The command is complete.
    record End() implements Step {}

    /// The parts of one catenation.
    interface Parts {
        /// The next part, or why there is none. After anything but [Text] and [Url] there is nothing more to ask.
        Part next() throws IOException;
    }

    /// What comes next in a catenation.
    sealed interface Part {}

    /// @param text must be read before the next part is asked for
    record Text(IncomingLiteral text) implements Part {}

    /// @param url as the client wrote it, not looked at
    record Url(String url) implements Part {}

    /// The catenation is complete.
    record Done() implements Part {}

    /// Nothing more of this command is taken.
    sealed interface Refusal extends Step, Part {}

    /// Not the grammar of APPEND: BAD.
    record Malformed(String why) implements Refusal {}

    /// A message larger than the server takes: NO [TOOBIG]. RFC 4469 4.2, RFC 7889 4
    record TooBig(long size, long limit) implements Refusal {}

    /// A value of an annotation larger than the server takes: NO [ANNOTATE TOOBIG]. RFC 5257 4.7
    record AnnotationTooBig() implements Refusal {}

    /// A non-synchronising literal larger than LITERAL- allows: BAD [TOOBIG]. RFC 7888 5
    record TooBigUnasked(long size, long limit) implements Refusal {}
}
