package palomar.outbox;

import palomar.smtp.proto.SmtpReply;

/// How far it got with one recipient.
///
/// @param last what was said last; code 200 with an empty text before anything was
record RecipientState(Step step, SmtpReply last) {
    static final RecipientState FRESH = new RecipientState(Step.WAITING, SmtpReply.of(200, "", ""));

    /// Where it stands.
    enum Step {
        WAITING,
        /// The relay took it, and the sender wants to know, which the relay will not tell.
        TELL_RELAYED,
        /// Failed for good; the sender is to be told.
        TELL_FAILED,
        /// Nothing more to do.
        ENDED
    }
}
