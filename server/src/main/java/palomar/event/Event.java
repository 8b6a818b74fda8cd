package palomar.event;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A scope that things happen in: its fields, with those of its parents, stand in each line said from it.
///
/// Immutable and safe for many threads. Saying something at a level that no sink wants costs a comparison.
public final class Event {
    /// How much something matters.
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /// Where events go. Called by any thread, must not block for long and must not throw.
    public interface Sink {
        boolean wants(Level level, String name);

        /// `fields` are name, value, name, value, ..., outermost scope first.
        void accept(Level level, String name, List<Object> fields, String text, @Nullable Throwable cause);
    }

    /// Says nothing, for tests and libraries.
    public static final Event SILENT = root(new Sink() {
        @Override
        public boolean wants(Level level, String name) {
            return false;
        }

        @Override
        public void accept(Level level, String name, List<Object> fields, String text, @Nullable Throwable cause) {}
    });

    private final Sink sink;
    private final List<Object> fields;

    private Event(Sink sink, List<Object> fields) {
        this.sink = sink;
        this.fields = fields;
    }

    public static Event root(Sink sink) {
        return new Event(sink, List.of());
    }

    /// A scope below this one with one more field. Values are printed with `toString` when a line is said.
    public Event with(String field, Object value) {
        List<Object> more = new ArrayList<>(fields.size() + 2);
        more.addAll(fields);
        more.add(field);
        more.add(value);
        return new Event(sink, List.copyOf(more));
    }

    public boolean wants(Level level, String name) {
        return sink.wants(level, name);
    }

    /// For developers and hard cases. `more` are name, value, ...
    public void debug(String name, String text, Object... more) {
        say(Level.DEBUG, name, text, null, more);
    }

    /// For the operator: something he may count on seeing.
    public void info(String name, String text, Object... more) {
        say(Level.INFO, name, text, null, more);
    }

    /// For the operator: works, but should not be so.
    public void warn(String name, String text, Object... more) {
        say(Level.WARN, name, text, null, more);
    }

    /// For the operator: something failed that is ours to mend; says what to do.
    public void error(String name, String text, @Nullable Throwable cause, Object... more) {
        say(Level.ERROR, name, text, cause, more);
    }

    private void say(Level level, String name, String text, @Nullable Throwable cause, Object... more) {
        if (!sink.wants(level, name)) {
            return;
        }
        List<Object> all = fields;
        if (more.length > 0) {
            all = new ArrayList<>(fields.size() + more.length);
            all.addAll(fields);
            all.addAll(List.of(more));
        }
        sink.accept(level, name, all, text, cause);
    }
}
