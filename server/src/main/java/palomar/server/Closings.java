package palomar.server;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import palomar.event.Event;

/// What has to be taken down, the last built first. Used by the thread that starts the house, then by the one that
/// stops it.
final class Closings implements AutoCloseable {
    private final Event event;
    private final Deque<Part> parts = new ArrayDeque<>();

    private record Part(String name, Closing closing) {}

    /// Takes a part down.
    @FunctionalInterface
    interface Closing {
        void close() throws IOException, InterruptedException;
    }

    Closings(Event event) {
        this.event = event;
    }

    void add(String name, Closing closing) {
        parts.push(new Part(name, closing));
    }

    /// Takes everything down; what fails is logged and does not keep the rest.
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.closing().close();
            } catch (IOException | RuntimeException failed) {
                event.error("server.stop", "could not be closed in order", failed, "part", part.name());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt(); // go on: the rest does not wait
            }
        }
    }
}
