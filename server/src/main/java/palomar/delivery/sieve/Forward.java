package palomar.delivery.sieve;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import palomar.bytes.ByteSource;
import palomar.message.edit.EditedMessage;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.sieve.Action;
import palomar.smtp.client.DeliverBy;
import palomar.smtp.client.Envelope;
import palomar.smtp.client.EnvelopeOptions;
import palomar.smtp.client.EnvelopeRecipient;
import palomar.smtp.client.Notify;
import palomar.smtp.proto.SmtpPath;

/// A message that is sent on. RFC 5228 4.2
final class Forward {
    /// Each who sends a message on by a script adds his address: one who finds his own stops.
    private static final FieldName REDIRECTED_FROM = FieldName.of("X-Sieve-Redirected-From");

    private static final FieldName RETURN_PATH = FieldName.of("Return-Path");

    private Forward() {}

    /// Has this user sent the message on before?
    static boolean loops(EditedMessage message, SmtpPath user) {
        return message.header().all(REDIRECTED_FROM).stream()
                .anyMatch(field -> field.value().equalsIgnoreCase(user.address()));
    }

    /// The message as it goes on: RFC 5321 4.4 wants no Return-Path in it.
    static ByteSource content(EditedMessage message, SmtpPath user) throws IOException {
        message.remove(message.header().all(RETURN_PATH));
        if (!user.isNull()) {
            message.add(Field.of(REDIRECTED_FROM.text(), user.address()), false);
        }
        message.add(Field.of("X-Sieve", "Palomar Sieve"), false);
        return message.version().content();
    }

    static Envelope envelope(Action.Redirect redirect, SmtpPath sender, SmtpPath recipient, Instant now) {
        Optional<EnvelopeOptions.Ret> ret = redirect.ret()
                .map(word -> word.equalsIgnoreCase("FULL") ? EnvelopeOptions.Ret.FULL : EnvelopeOptions.Ret.HEADERS);
        Optional<DeliverBy> by = redirect.deliverBy()
                .map(wanted -> new DeliverBy(
                        now.plusSeconds(wanted.seconds()),
                        wanted.mode() == 'R' ? DeliverBy.Mode.RETURN : DeliverBy.Mode.NOTIFY,
                        wanted.trace()));
        EnvelopeRecipient to = new EnvelopeRecipient(recipient, notifyOn(redirect.notifyOn()), Optional.empty());
        return new Envelope(sender, List.of(to), new EnvelopeOptions(ret, Optional.empty(), by, false));
    }

    private static Set<Notify> notifyOn(Optional<String> words) {
        Set<Notify> moments = EnumSet.noneOf(Notify.class);
        for (String word : words.orElse("").split(",", -1)) {
            switch (word.strip().toUpperCase(Locale.ROOT)) {
                case "SUCCESS" -> moments.add(Notify.SUCCESS);
                case "FAILURE" -> moments.add(Notify.FAILURE);
                case "DELAY" -> moments.add(Notify.DELAY);
                case "NEVER" -> {
                    return Set.of(Notify.NEVER);
                }
                default -> {
                    // The language has refused other words.
                }
            }
        }
        return moments;
    }

    /// Where a redirect goes: one address, or the members of a list.
    static List<SmtpPath> recipients(Action.Redirect redirect, Person person) throws ActionFailure {
        List<String> addresses = List.of(redirect.address());
        if (redirect.list()) {
            addresses = person.lists()
                    .apply(redirect.address())
                    .orElseThrow(() ->
                            new ActionFailure("failed to redirect message: no list '" + redirect.address() + "'"));
        }
        List<SmtpPath> paths = new ArrayList<>();
        for (String address : addresses) {
            paths.add(Senders.path(Optional.of(address))
                    .filter(path -> !path.isNull())
                    .orElseThrow(
                            () -> new ActionFailure("failed to redirect message: '" + address + "' is no address")));
        }
        return paths;
    }
}
