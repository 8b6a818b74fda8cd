package palomar.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The system's user database (`/etc/passwd` or whatever NSS names) by `getpwnam_r`.
///
/// May block on a directory service and holds the thread meanwhile: not for virtual threads. Safe for many
/// threads.
public final class SystemUsers {
    /// One entry.
    public record SystemUser(String name, long uid, long gid, String gecos, String home, String shell) {}

    private static final int ERANGE = 34;
    private static final int FIRST_BUFFER = 4 * 1024;
    private static final int LAST_BUFFER = 1024 * 1024;

    /// `struct passwd` of 64-bit Linux, glibc and musl alike.
    private static final long PASSWD_BYTES = 48;

    private static final long NAME = 0;
    private static final long UID = 16;
    private static final long GID = 20;
    private static final long GECOS = 24;
    private static final long HOME = 32;
    private static final long SHELL = 40;

    private static final @Nullable MethodHandle GETPWNAM_R = find();

    private SystemUsers() {}

    /// The user of this name; empty: no such user.
    ///
    /// Throws IOException, with the errno, when the database could not be asked
    public static Optional<SystemUser> find(String name) throws IOException {
        MethodHandle getpwnam = GETPWNAM_R;
        if (getpwnam == null) {
            throw new IOException("this system has no getpwnam_r");
        }
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        for (int size = FIRST_BUFFER; size <= LAST_BUFFER; size *= 4) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment entry = arena.allocate(PASSWD_BYTES, 8);
                MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
                int errno = (int) getpwnam.invokeExact(
                        arena.allocateFrom(name, StandardCharsets.UTF_8),
                        entry,
                        arena.allocate(size),
                        (long) size,
                        result);
                if (errno == ERANGE) {
                    continue;
                }
                boolean found = !result.get(ValueLayout.ADDRESS, 0).equals(MemorySegment.NULL);
                if (!found && !saysNotFound(errno)) {
                    throw new IOException("getpwnam_r(" + name + ") failed with errno " + errno);
                }
                return found ? Optional.of(user(entry)) : Optional.empty();
            } catch (IOException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("calling getpwnam_r", e);
            }
        }
        throw new IOException("the entry of " + name + " in the system's user database is larger than " + LAST_BUFFER);
    }

    /// The manual page lists ENOENT, ESRCH, EBADF and EPERM as "not found" on one system or another.
    private static boolean saysNotFound(int errno) {
        return errno == 0 || errno == 1 || errno == 2 || errno == 3 || errno == 9;
    }

    private static SystemUser user(MemorySegment entry) {
        return new SystemUser(
                text(entry, NAME),
                Integer.toUnsignedLong(entry.get(ValueLayout.JAVA_INT, UID)),
                Integer.toUnsignedLong(entry.get(ValueLayout.JAVA_INT, GID)),
                text(entry, GECOS),
                text(entry, HOME),
                text(entry, SHELL));
    }

    private static String text(MemorySegment entry, long offset) {
        MemorySegment pointer = entry.get(ValueLayout.ADDRESS, offset);
        return pointer.equals(MemorySegment.NULL)
                ? ""
                : pointer.reinterpret(LAST_BUFFER).getString(0);
    }

    private static @Nullable MethodHandle find() {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor shape = FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS);
        return linker.defaultLookup()
                .find("getpwnam_r")
                .map(symbol -> linker.downcallHandle(symbol, shape))
                .orElse(null);
    }
}
