package palomar.delivery.sieve;

import java.util.Locale;
import java.util.Optional;
import palomar.sieve.Envelope;
import palomar.smtp.proto.SmtpPath;

/// Whose address stands in the envelope of what a script sends: a setting chooses among the addresses of the
/// message and of the user. One message.
final class Senders {
    private final Person person;
    private final Envelope envelope;
    private final String postmaster;

    Senders(Person person, Envelope envelope, String postmaster) {
        this.person = person;
        this.envelope = envelope;
        this.postmaster = postmaster;
    }

    /// The sender that the setting names; of a message from nobody always nobody, so that no bounce can come of
    /// it.
    ///
    /// @param usual what the setting is when nobody has set it
    SmtpPath chosen(String setting, String usual) {
        return isFromNobody() ? SmtpPath.NULL : address(setting, usual);
    }

    /// As [#chosen], whoever the message is from.
    SmtpPath address(String setting, String usual) {
        String value = person.settings().get(setting).map(String::strip).orElse(usual);
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "", "sender" -> sender();
            case "recipient" -> path(envelope.to()).orElseGet(this::user);
            case "orig_recipient" ->
                path(envelope.originalTo()).or(() -> path(envelope.to())).orElseGet(this::user);
            case "user_email" -> user();
            case "postmaster" -> path(Optional.of(postmaster)).orElse(SmtpPath.NULL);
            default -> path(Optional.of(value)).orElseGet(this::sender);
        };
    }

    /// The null sender, or none that is known.
    boolean isFromNobody() {
        return sender().isNull();
    }

    SmtpPath sender() {
        return path(envelope.from()).orElse(SmtpPath.NULL);
    }

    /// The user's own address, else the one that this message was sent to.
    SmtpPath user() {
        return path(person.mainAddress())
                .or(() -> path(envelope.to()))
                .or(() -> path(Optional.of(postmaster)))
                .orElse(SmtpPath.NULL);
    }

    static Optional<SmtpPath> path(Optional<String> address) {
        return address.map(String::strip).filter(text -> !text.isEmpty()).flatMap(SmtpPath::parse);
    }
}
