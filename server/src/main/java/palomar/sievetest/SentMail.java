package palomar.sievetest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.outbox.Outbox;
import palomar.outbox.OutgoingMessage;
import palomar.sieve.Envelope;
import palomar.smtp.client.EnvelopeRecipient;

/// What a file's results have sent: each message once for each recipient. One thread.
final class SentMail implements Outbox {
    private final List<Sent> list = new ArrayList<>();

    /// @param envelope with one recipient
    record Sent(ByteSource content, Envelope envelope) {}

    @Override
    public Taken enqueue(OutgoingMessage message) {
        if (message.envelope().options().webhook().isPresent()) {
            return Taken.QUEUED; // no mail: nothing that test_message could look at
        }
        String from = message.envelope().sender().address();
        for (EnvelopeRecipient recipient : message.envelope().recipients()) {
            String to = recipient.address().address();
            list.add(new Sent(
                    message.content(),
                    new Envelope(
                            Optional.of(from),
                            Optional.of(to),
                            Optional.of(to),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty())));
        }
        return Taken.QUEUED;
    }

    Optional<Sent> get(long index) {
        return index < list.size() ? Optional.of(list.get((int) index)) : Optional.empty();
    }

    void clear() {
        list.clear();
    }
}
