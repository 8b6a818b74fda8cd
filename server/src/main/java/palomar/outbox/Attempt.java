package palomar.outbox;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import palomar.bytes.ByteSource;
import palomar.event.Event;
import palomar.smtp.client.DeliverBy;
import palomar.smtp.client.Delivery;
import palomar.smtp.client.EnvelopeOptions;
import palomar.smtp.client.EnvelopeRecipient;
import palomar.smtp.client.Fate;
import palomar.smtp.client.Notify;
import palomar.smtp.client.OutgoingContent;
import palomar.smtp.client.Transport;
import palomar.smtp.proto.SmtpReply;

/// One try to send one message: what the relay said becomes the message's next state. Writes nothing. One thread.
record Attempt(Entry entry, EntryState before, CarrierSettings settings, Instant now, Event event) {

    /// @param state what is to be saved
    /// @param trouble the relay itself can't be used
    record Result(EntryState state, Optional<SmtpReply> trouble) {}

    /// @throws IOException the content can't be read
    Result run(Transport transport, ByteSource content) throws IOException {
        List<Integer> waiting = new ArrayList<>();
        List<EnvelopeRecipient> to = new ArrayList<>();
        for (int i = 0; i < before.recipients().size(); i++) {
            if (before.recipients().get(i).step() == RecipientState.Step.WAITING) {
                waiting.add(i);
                to.add(entry.envelope().recipients().get(i));
            }
        }
        Delivery delivery = transport.deliver(entry.envelope().to(to), new OutgoingContent(content, entry.facts()));
        List<RecipientState> after = new ArrayList<>(before.recipients());
        for (int i = 0; i < waiting.size(); i++) {
            after.set(waiting.get(i), next(to.get(i), delivery.fates().get(i)));
        }
        int attempts = before.attempts() + (delivery.trouble().isPresent() ? 0 : 1);
        Instant again = settings.retry(now, Math.max(attempts, 1), entry.id());
        // After a relay's trouble it is the relay that is waited for.
        Instant next = delivery.trouble().isPresent() ? now : again;
        return new Result(new EntryState(attempts, next, before.held(), before.warned(), after), delivery.trouble());
    }

    private RecipientState next(EnvelopeRecipient recipient, Fate fate) {
        return switch (fate) {
            case Fate.Accepted(SmtpReply reply, boolean dsn) -> {
                say("outbox.sent", "sent", recipient, reply);
                boolean tell = !dsn && recipient.notifyOn().contains(Notify.SUCCESS) && !isBounce();
                yield new RecipientState(tell ? RecipientState.Step.TELL_RELAYED : RecipientState.Step.ENDED, reply);
            }
            case Fate.Permanent(SmtpReply reply, boolean _) -> failed(recipient, reply);
            case Fate.Temporary(SmtpReply reply, boolean _) -> {
                if (!isLate(settings.lifetime()) && !isBeyondDeadline()) {
                    say("outbox.deferred", "not sent now", recipient, reply);
                    yield new RecipientState(RecipientState.Step.WAITING, reply);
                }
                yield failed(recipient, reply);
            }
        };
    }

    boolean isLate(Duration age) {
        return !now.isBefore(entry.notBefore().orElse(entry.created()).plus(age));
    }

    /// RFC 2852 4.1.4
    private boolean isBeyondDeadline() {
        return entry.envelope()
                .options()
                .deliverBy()
                .filter(by -> by.mode() == DeliverBy.Mode.RETURN && !now.isBefore(by.due()))
                .isPresent();
    }

    private RecipientState failed(EnvelopeRecipient recipient, SmtpReply reply) {
        say("outbox.failed", "could not be sent", recipient, reply);
        boolean tell = !isBounce() && wants(recipient, Notify.FAILURE);
        if (isBounce() && entry.envelope().options().webhook().isEmpty()) {
            event.warn(
                    "outbox.dropped",
                    "could not be sent, and has no sender who could be told",
                    "queue",
                    entry.id(),
                    "to",
                    recipient.address());
        }
        return new RecipientState(tell ? RecipientState.Step.TELL_FAILED : RecipientState.Step.ENDED, reply);
    }

    private boolean isBounce() {
        return entry.envelope().sender().isNull();
    }

    /// Without a wish failures and delays are told. RFC 3461 4.1
    static boolean wants(EnvelopeRecipient recipient, Notify what) {
        Set<Notify> wishes = recipient.notifyOn();
        return wishes.isEmpty() ? what != Notify.SUCCESS : wishes.contains(what);
    }

    private void say(String name, String text, EnvelopeRecipient recipient, SmtpReply reply) {
        event.info(
                name,
                text,
                "queue",
                entry.id(),
                "from",
                entry.envelope().sender(),
                "to",
                recipient.address(),
                "attempt",
                before.attempts() + 1,
                "reply",
                reply);
    }

    /// What the sender wants of a report.
    static EnvelopeOptions reportOptions() {
        return new EnvelopeOptions(Optional.of(EnvelopeOptions.Ret.HEADERS), Optional.empty(), Optional.empty(), false);
    }
}
