package palomar.server;

import java.time.InstantSource;
import java.util.Map;
import palomar.event.Event;
import palomar.net.ConnectionHandler;
import palomar.net.TlsContexts;
import palomar.storage.Storage;

/// The protocols that are spoken, and the door they share.
final class Protocols {
    private final DataFolder folder;
    private final InstantSource clock;
    private final Event event;
    private final CurrentDoor door;

    Protocols(Plan plan, DataFolder folder, Storage storage, TlsContexts tls, InstantSource clock, Event event) {
        this.folder = folder;
        this.clock = clock;
        this.event = event;
        this.door = new CurrentDoor(Doors.of(plan, folder, clock, event));
    }

    /// By the protocol's name.
    Map<String, ConnectionHandler> handlers() {
        return Map.of();
    }

    /// New settings for sessions and logins that begin from now on.
    void become(Plan plan) {
        door.become(Doors.of(plan, folder, clock, event));
    }
}
