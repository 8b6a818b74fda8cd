package palomar.delivery;

import java.time.Instant;
import java.util.Optional;
import palomar.event.Event;
import palomar.smtp.proto.SmtpPath;
import palomar.storage.StagedMessage;

/// Decides what becomes of a message for some recipients, in place of a plain copy. Safe for many threads.
public interface MessageFilter {
    MessageFilter NONE = new MessageFilter() {
        @Override
        public boolean concerns(Recipient recipient) {
            return false;
        }

        @Override
        public Filtered deliver(Job job) {
            throw new IllegalStateException("nobody is concerned");
        }
    };

    /// Cheap. Throws MailException UNAVAILABLE.
    boolean concerns(Recipient recipient);

    /// Delivers to one recipient who is concerned; what is reported is durable. Refusals are outcomes.
    Filtered deliver(Job job);

    /// @param outcome for the sender
    /// @param receipt to be told whether he got it
    record Filtered(Outcome outcome, Receipt receipt) {}

    /// What is to be delivered.
    ///
    /// @param head lines that stand before the message for this recipient
    /// @param added bytes of the message that we put in front ourselves, different each time
    /// @param sender empty: nobody said
    /// @param refusable a refusal reaches the sender with its words
    record Job(
            Recipient recipient,
            StagedMessage message,
            byte[] head,
            int added,
            Optional<SmtpPath> sender,
            boolean refusable,
            Instant received,
            Event event) {}
}
