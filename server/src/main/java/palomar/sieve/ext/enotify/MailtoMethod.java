package palomar.sieve.ext.enotify;

import java.util.Optional;
import palomar.message.MailtoUri;

/// Notifications by mail. RFC 5436
final class MailtoMethod implements NotifyMethod {
    @Override
    public Optional<String> wrong(String uri) {
        return switch (MailtoUri.parse(uri)) {
            case MailtoUri.Invalid(String why) -> Optional.of(why);
            case MailtoUri.Valid(MailtoUri parsed) ->
                parsed.to().isEmpty()
                                && parsed.addresses("cc").isEmpty()
                                && parsed.addresses("bcc").isEmpty()
                        ? Optional.of("it names no recipient")
                        : Optional.empty();
        };
    }
}
