package palomar.delivery;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import palomar.storage.Mailbox;
import palomar.storage.UserMail;

/// Applies Sieve scripts to messages that are stored already, because their user asks for it. Safe for many
/// threads. draft-bosch-imap-filter-sieve-00 4
public interface Refilter {

    /// What IMAP clients are told: `FILTER=SIEVE` and the like; nothing while Sieve is switched off.
    List<String> capabilities();

    /// Gets a filter ready for a user.
    Ready prepare(UserMail mail, Source source);

    /// Which scripts.
    sealed interface Source {
        /// Those that deliveries go through.
        record Delivery() implements Source {}

        /// One of the user's own.
        record Personal(String name) implements Source {}

        /// One of the operator's.
        record Global(String name) implements Source {}

        /// This one.
        record Script(byte[] source) implements Source {}
    }

    /// What became of a filter's preparation.
    sealed interface Ready {
        /// @param warnings of the compiler, a line each
        record Working(Filter filter, Optional<String> warnings) implements Ready {}

        /// @param errors a line each
        record Broken(String errors) implements Ready {}
    }

    /// A filter of one user. One thread.
    interface Filter {
        /// Applies it to a message. What cancels the keep sets `\Deleted`; nothing is answered or refused.
        ///
        /// Throws MailException EXPUNGED when the message is gone; UNAVAILABLE when it is to be tried again.
        Outcome apply(Mailbox mailbox, long uid) throws IOException;
    }

    /// What became of one message.
    ///
    /// @param problems a line each; empty: all went well
    /// @param applied false: the message is as it was before
    record Outcome(String problems, boolean applied) {}
}
