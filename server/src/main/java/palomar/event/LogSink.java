package palomar.event;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import palomar.event.Event.Level;

/// Writes events as lines to standard error or a file.
///
/// Safe for many threads; a line is one write, so lines of several processes on one file don't mix. Levels, format
/// and file can be changed while events come in. A log that can't be written never stops the server: the line is
/// lost, and the next one that gets through is preceded by how many were.
public final class LogSink implements Event.Sink, AutoCloseable {
    private static final String LOST = "log.lost";

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile LogLevels levels;
    private volatile LineFormat format;
    private @Nullable Path file; // guarded by lock, like what follows
    private OutputStream out;
    private long lost;

    private LogSink(InstantSource clock, LogLevels levels, LineFormat format, OutputStream out) {
        this.clock = clock;
        this.levels = levels;
        this.format = format;
        this.out = out;
    }

    /// Lines on standard error.
    public static LogSink toStandardError(InstantSource clock, LogLevels levels, LineFormat format) {
        return new LogSink(clock, levels, format, new FileOutputStream(FileDescriptor.err));
    }

    /// Lines to a stream, for tests.
    static LogSink to(OutputStream out, InstantSource clock, LogLevels levels, LineFormat format) {
        return new LogSink(clock, levels, format, out);
    }

    public LogLevels levels() {
        return levels;
    }

    public void levels(LogLevels newLevels) {
        levels = newLevels;
    }

    public void format(LineFormat newFormat) {
        format = newFormat;
    }

    /// Goes on in another file (or, when empty, on standard error), which is opened for appending and made if
    /// missing. The same file is opened anew, so that log rotation can have moved the old one away. On failure all
    /// stays.
    public void file(Optional<Path> newFile) throws IOException {
        OutputStream opened = newFile.isEmpty() ? new FileOutputStream(FileDescriptor.err) : append(newFile.get());
        lock.lock();
        try {
            if (file != null) {
                out.close();
            }
            out = opened;
            file = newFile.orElse(null);
        } finally {
            lock.unlock();
        }
    }

    /// Names and addresses of users are not everybody's to read.
    private static OutputStream append(Path file) throws IOException {
        return Channels.newOutputStream(FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))));
    }

    @Override
    public boolean wants(Level level, String name) {
        return levels.wants(level, name);
    }

    @Override
    public void accept(Level level, String name, List<Object> fields, String text, @Nullable Throwable cause) {
        StringBuilder line = new StringBuilder(160);
        format.append(line, clock.instant(), level, name, fields, text, cause);
        byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            write(bytes);
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] line) {
        try {
            if (lost > 0) {
                StringBuilder note = new StringBuilder();
                format.append(
                        note, clock.instant(), Level.ERROR, LOST, List.of("lines", lost), "log lines were lost", null);
                out.write(note.toString().getBytes(StandardCharsets.UTF_8));
                lost = 0;
            }
            out.write(line);
        } catch (IOException notWritten) {
            lost++; // nobody is left to tell; doctor looks at the disk, and the count comes with the next line
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            out.flush();
            if (file != null) {
                out.close();
            }
        } catch (IOException notWritten) {
            lost++;
        } finally {
            lock.unlock();
        }
    }
}
