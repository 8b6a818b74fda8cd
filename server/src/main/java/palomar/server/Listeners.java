package palomar.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import palomar.event.Event;
import palomar.net.ConnectionHandler;
import palomar.net.Endpoint;
import palomar.net.Listener;
import palomar.net.ListenerSettings;
import palomar.net.Network;
import palomar.net.TlsContexts;

/// The open listeners, and how they become others on a reload. Used under the house's lock.
final class Listeners {
    private final Network network;
    private final TlsContexts tls;
    private final Map<String, ConnectionHandler> handlers;
    private final Event event;
    private final Map<Spot, Listener> open = new LinkedHashMap<>();

    /// What can't change without being another listener.
    private record Spot(String protocol, Endpoint endpoint, boolean implicitTls) {
        static Spot of(ListenerSettings settings) {
            return new Spot(settings.protocol(), settings.endpoint(), settings.implicitTls());
        }
    }

    /// @param handlers by the protocol of the listener
    Listeners(Network network, TlsContexts tls, Map<String, ConnectionHandler> handlers, Event event) {
        this.network = network;
        this.tls = tls;
        this.handlers = Map.copyOf(handlers);
        this.event = event;
    }

    /// Opens what is new, gives new limits to what stays, closes the rest; sessions go on in any case. When one
    /// can't be opened all is as before, and IOException says which.
    void become(List<ListenerSettings> wanted) throws IOException {
        Map<Spot, ListenerSettings> target = new LinkedHashMap<>();
        wanted.forEach(settings -> target.put(Spot.of(settings), settings));
        List<Spot> gone =
                open.keySet().stream().filter(s -> !target.containsKey(s)).toList();
        List<ListenerSettings> inTheWay = new ArrayList<>();
        for (Spot spot : gone) {
            boolean taken = target.keySet().stream().anyMatch(s -> s.endpoint().equals(spot.endpoint()));
            if (taken) {
                Optional.ofNullable(open.get(spot)).map(Listener::settings).ifPresent(inTheWay::add);
                close(spot);
            }
        }
        List<Spot> opened = new ArrayList<>();
        try {
            for (Map.Entry<Spot, ListenerSettings> entry : target.entrySet()) {
                if (!open.containsKey(entry.getKey())) {
                    open(entry.getValue());
                    opened.add(entry.getKey());
                }
            }
        } catch (IOException failed) {
            opened.forEach(this::close);
            for (ListenerSettings old : inTheWay) {
                open(old);
            }
            throw failed;
        }
        gone.stream().filter(open::containsKey).toList().forEach(this::close);
        open.forEach((spot, listener) -> {
            ListenerSettings settings = target.get(spot);
            if (settings != null) {
                listener.reload(settings);
            }
        });
    }

    private void open(ListenerSettings settings) throws IOException {
        ConnectionHandler handler = handlers.get(settings.protocol());
        if (handler == null) {
            throw new IllegalStateException("nobody speaks " + settings.protocol());
        }
        Listener listener = network.listen(settings, tls, handler);
        open.put(Spot.of(settings), listener);
        event.info("server.listen", "listening", "protocol", name(settings), "address", listener.endpoint());
    }

    private void close(Spot spot) {
        Listener listener = open.remove(spot);
        if (listener != null) {
            listener.close();
            event.info(
                    "server.listen",
                    "no longer listening",
                    "protocol",
                    name(listener.settings()),
                    "address",
                    listener.endpoint());
        }
    }

    static String name(ListenerSettings settings) {
        return settings.protocol() + (settings.implicitTls() ? "s" : "");
    }

    List<Listener> open() {
        return List.copyOf(open.values());
    }
}
