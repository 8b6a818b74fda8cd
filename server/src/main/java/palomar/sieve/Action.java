package palomar.sieve;

import java.util.List;
import java.util.Optional;
import palomar.message.edit.MessageVersion;

/// What a script wants done with the message. Data only; whoever carries it out checks what can't be known before
/// (quota, rights, whether a mailbox is still there). RFC 9122 is the registry.
///
/// Flags are IMAP flags and keywords as the script wrote them, checked for their syntax; empty [Optional]: the
/// script said nothing about flags.
public sealed interface Action {

    /// The word by which `test_result_action` and traces know it.
    String name();

    /// Into the default mailbox. RFC 5228 4.3
    record Keep(MessageVersion message, Optional<List<String>> flags) implements Action {
        @Override
        public String name() {
            return "keep";
        }
    }

    /// RFC 5228 4.1
    ///
    /// @param mailbox name in UTF-8 with the separator of the user's personal namespace
    /// @param copy the implicit keep stays: RFC 3894 3
    /// @param create RFC 5490 3.2
    /// @param specialUse goes to a mailbox with this use, if there is one: RFC 8579 4
    /// @param mailboxId goes to the mailbox with this id, if there is one: RFC 9042 4
    record FileInto(
            String mailbox,
            MessageVersion message,
            Optional<List<String>> flags,
            boolean copy,
            boolean create,
            Optional<String> specialUse,
            Optional<String> mailboxId)
            implements Action {
        @Override
        public String name() {
            return "store";
        }

        /// To a mailbox by its name, with nothing else.
        public static FileInto of(String mailbox, MessageVersion message) {
            return new FileInto(mailbox, message, Optional.empty(), false, false, Optional.empty(), Optional.empty());
        }

        public FileInto withFlags(Optional<List<String>> other) {
            return new FileInto(mailbox, message, other, copy, create, specialUse, mailboxId);
        }

        public FileInto withCopy(boolean other) {
            return new FileInto(mailbox, message, flags, other, create, specialUse, mailboxId);
        }

        public FileInto withCreate() {
            return new FileInto(mailbox, message, flags, copy, true, specialUse, mailboxId);
        }

        public FileInto withSpecialUse(String use) {
            return new FileInto(mailbox, message, flags, copy, create, Optional.of(use), mailboxId);
        }

        public FileInto withMailboxId(String id) {
            return new FileInto(mailbox, message, flags, copy, create, specialUse, Optional.of(id));
        }
    }

    /// RFC 5228 4.2
    ///
    /// @param address where it goes; for `:list` the name of the list
    /// @param list the message goes to all members of the list `address`: RFC 6134 2.5
    /// @param notifyOn RFC 6009 5, as in RFC 3461 4.1
    /// @param ret `FULL` or `HDRS`: RFC 6009 5
    /// @param deliverBy RFC 6009 6
    record Redirect(
            String address,
            MessageVersion message,
            boolean copy,
            boolean list,
            Optional<String> notifyOn,
            Optional<String> ret,
            Optional<Envelope.DeliverBy> deliverBy)
            implements Action {
        @Override
        public String name() {
            return "redirect";
        }

        /// To one address, with nothing else.
        public static Redirect of(String address, MessageVersion message) {
            return new Redirect(address, message, false, false, Optional.empty(), Optional.empty(), Optional.empty());
        }

        public Redirect withCopy() {
            return new Redirect(address, message, true, list, notifyOn, ret, deliverBy);
        }

        public Redirect withList() {
            return new Redirect(address, message, copy, true, notifyOn, ret, deliverBy);
        }

        public Redirect withDsn(Optional<String> notify, Optional<String> returned) {
            return new Redirect(address, message, copy, list, notify, returned, deliverBy);
        }

        public Redirect withDeliverBy(Envelope.DeliverBy by) {
            return new Redirect(address, message, copy, list, notifyOn, ret, Optional.of(by));
        }
    }

    /// RFC 5228 4.4
    record Discard() implements Action {
        @Override
        public String name() {
            return "discard";
        }
    }

    /// RFC 5429 2
    ///
    /// @param protocolFirst `ereject`: refuse in the protocol where that is possible, an MDN is the last resort
    record Reject(String reason, boolean protocolFirst) implements Action {
        @Override
        public String name() {
            return "reject";
        }
    }

    /// A reply that is wanted. Whether one is sent is decided when it is carried out: by the kind of the message
    /// and its addresses (RFC 5230 4.5, 4.6) and by the memory of earlier replies.
    ///
    /// @param reason plain text, or a whole MIME entity when `mime`
    /// @param seconds for which the same sender gets no second reply; 0: always reply
    /// @param handle which replies count as the same
    /// @param subject empty: made from the message's
    /// @param from for the From field, a checked list of mailboxes; empty: the recipient's address
    /// @param addresses bare addresses that are the user's too
    /// @param fcc RFC 8580
    record Vacation(
            String reason,
            boolean mime,
            long seconds,
            String handle,
            Optional<String> subject,
            Optional<String> from,
            List<String> addresses,
            MessageVersion message,
            Optional<Fcc> fcc)
            implements Action {
        @Override
        public String name() {
            return "vacation";
        }
    }

    /// RFC 5435 3
    ///
    /// @param method a URI, as in `mailto:bob@example.com`
    /// @param importance 1 (high) to 3 (low)
    /// @param options `name=value`, as the script wrote them
    record Notify(
            String method,
            Optional<String> from,
            int importance,
            List<String> options,
            Optional<String> text,
            MessageVersion message,
            Optional<Fcc> fcc)
            implements Action {
        @Override
        public String name() {
            return "notify";
        }
    }

    /// An abuse report to an address (vnd.dovecot.report). RFC 5965
    ///
    /// @param type the feedback type, as in `abuse`
    /// @param headersOnly the report has only the header of the message
    record Report(String type, String text, String address, boolean headersOnly, MessageVersion message)
            implements Action {
        @Override
        public String name() {
            return "report";
        }
    }

    /// The message goes to a program (vnd.dovecot.pipe).
    ///
    /// @param copy the implicit keep stays
    /// @param optional with `:try`: a failure is not an error, and the implicit keep stays then
    record Pipe(String program, List<String> arguments, MessageVersion message, boolean copy, boolean optional)
            implements Action {
        @Override
        public String name() {
            return "pipe";
        }
    }

    /// Remembers the message for the `duplicate` test once all else is done. RFC 7352 3
    ///
    /// @param key as [Host#wasSeen] was asked
    /// @param seconds how long it is remembered
    record MarkDuplicate(String key, long seconds) implements Action {
        @Override
        public String name() {
            return "duplicate_mark";
        }
    }

    /// The message waits in a mailbox and comes back at a time of day (draft-ietf-extra-sieve-snooze).
    ///
    /// @param mailbox where it comes back to; empty: INBOX
    /// @param addFlags flags set when it comes back
    /// @param removeFlags flags cleared when it comes back
    /// @param weekdays 0 (Sunday) to 6, in order; all: any day
    /// @param secondsOfDay times of day, in order
    /// @param zone name of the zone of the times; empty: the server's
    record Snooze(
            Optional<String> mailbox,
            Optional<String> mailboxId,
            Optional<String> specialUse,
            boolean create,
            List<String> addFlags,
            List<String> removeFlags,
            List<Integer> weekdays,
            List<Integer> secondsOfDay,
            Optional<String> zone,
            MessageVersion message)
            implements Action {
        @Override
        public String name() {
            return "snooze";
        }
    }

    /// A copy of what is sent goes into a mailbox. RFC 8580 3
    record Fcc(
            String mailbox,
            Optional<List<String>> flags,
            boolean create,
            Optional<String> specialUse,
            Optional<String> mailboxId) {}
}
