package palomar.outbox;

import palomar.smtp.client.Transport;

/// The way out as the settings have it now; a former one is closed when nobody is on it any more. Guarded by the
/// outbox's lock.
final class Route {
    private final Transport transport;
    private final CarrierSettings settings;
    private int users;
    private boolean retired;

    Route(Transport transport, CarrierSettings settings) {
        this.transport = transport;
        this.settings = settings;
    }

    Transport transport() {
        return transport;
    }

    CarrierSettings settings() {
        return settings;
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
