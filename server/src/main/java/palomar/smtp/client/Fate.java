package palomar.smtp.client;

import palomar.smtp.proto.SmtpReply;

/// What became of a message for one recipient.
public sealed interface Fate {
    /// What the relay said, or what we say in its place.
    SmtpReply reply();

    /// The relay is answerable for it from now on.
    ///
    /// @param dsn it also took over what the sender wants to be told: RFC 3461 5.2.1
    record Accepted(SmtpReply reply, boolean dsn) implements Fate {}

    /// Not now.
    ///
    /// @param byRelay false when the relay was not asked, or is away
    record Temporary(SmtpReply reply, boolean byRelay) implements Fate {}

    /// Never.
    ///
    /// @param byRelay false when the message does not fit the relay
    record Permanent(SmtpReply reply, boolean byRelay) implements Fate {}

    /// By a reply of the relay that is no consent.
    static Fate refused(SmtpReply reply) {
        return reply.code() >= 500 ? new Permanent(reply, true) : new Temporary(reply, true);
    }
}
