package palomar.outbox;

import java.util.function.BiConsumer;
import palomar.smtp.client.Transport;
import palomar.smtp.client.Webhook;
import palomar.smtp.proto.SmtpReply;

/// The way out as the settings have it now; a former one is closed when nobody is on it any more. Guarded by the
/// outbox's lock.
final class Route {
    private final Transport transport;
    private final CarrierSettings settings;
    private final BiConsumer<Webhook, SmtpReply> failed;
    private int users;
    private boolean retired;

    /// @param failed hears what was not posted and never will be
    Route(Transport transport, CarrierSettings settings, BiConsumer<Webhook, SmtpReply> failed) {
        this.transport = transport;
        this.settings = settings;
        this.failed = failed;
    }

    Transport transport() {
        return transport;
    }

    CarrierSettings settings() {
        return settings;
    }

    BiConsumer<Webhook, SmtpReply> failed() {
        return failed;
    }

    void enter() {
        users++;
    }

    /// True when the caller must close the transport, outside the lock.
    boolean leave() {
        users--;
        return retired && users == 0;
    }

    /// The same.
    boolean retire() {
        retired = true;
        return users == 0;
    }
}
