package palomar.server;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import palomar.config.LogSection;
import palomar.event.Event;
import palomar.event.LibraryLog;
import palomar.event.LineFormat;
import palomar.event.LogLevels;
import palomar.event.LogSink;

/// The log as configured.
final class LogHouse {
    private final LogSink sink;
    private final Event event;

    LogHouse(InstantSource clock) {
        sink = LogSink.toStandardError(clock, LogLevels.all(Event.Level.INFO), LineFormat.TEXT);
        event = Event.root(sink);
        LibraryLog.to(event);
    }

    Event event() {
        return event;
    }

    LogLevels levels() {
        return sink.levels();
    }

    void levels(LogLevels levels) {
        sink.levels(levels);
    }

    /// Takes over settings; opens the file anew. When the file can't be opened all stays.
    void become(LogSection settings) throws IOException {
        try {
            sink.file(settings.file());
        } catch (IOException failed) {
            throw new IOException("can't open the log file " + IoText.of(failed), failed);
        }
        Map<String, Event.Level> byName = new HashMap<>();
        settings.levels().forEach((name, level) -> byName.put(name, level(level)));
        sink.levels(new LogLevels(level(settings.level()), byName));
        sink.format(
                switch (settings.format()) {
                    case TEXT -> LineFormat.TEXT;
                    case JSON -> LineFormat.JSON;
                });
    }

    private static Event.Level level(LogSection.Level level) {
        return switch (level) {
            case DEBUG -> Event.Level.DEBUG;
            case INFO -> Event.Level.INFO;
            case WARN -> Event.Level.WARN;
            case ERROR -> Event.Level.ERROR;
        };
    }

    void close() {
        sink.close();
    }
}
