package palomar.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.event.Event.Level;

/// How an event looks in a log. Safe for many threads.
public sealed interface LineFormat permits TextLines, JsonLines {

    LineFormat TEXT = new TextLines();
    LineFormat JSON = new JsonLines();

    /// Appends the event with its last line feed. `fields` are name, value, ...
    void append(
            StringBuilder out,
            Instant time,
            Level level,
            String name,
            List<Object> fields,
            String text,
            @Nullable Throwable cause);
}
