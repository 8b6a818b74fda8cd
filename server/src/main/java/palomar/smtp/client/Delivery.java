package palomar.smtp.client;

import java.util.List;
import java.util.Optional;
import palomar.smtp.proto.SmtpReply;

/// What became of a message.
///
/// @param fates one for each recipient, in order
/// @param trouble the relay itself is not usable now: other messages will fare no better
public record Delivery(List<Fate> fates, Optional<SmtpReply> trouble) {
    public Delivery {
        fates = List.copyOf(fates);
    }
}
