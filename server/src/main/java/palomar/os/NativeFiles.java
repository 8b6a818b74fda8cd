package palomar.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Locale;

/// File calls that the JDK does not have, by FFM. Only Linux on 64 bits; elsewhere they say that they can't.
final class NativeFiles {
    private static final int O_RDWR_CLOEXEC = 2 | 0x80000;
    private static final int EINTR = 4;
    private static final int ENOSPC = 28;
    private static final int EDQUOT = 122;

    private static final boolean LINUX =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");

    private NativeFiles() {}

    /// Loaded at the first use, and never off Linux.
    private static final class Calls {
        static final StructLayout STATE = Linker.Option.captureStateLayout();
        static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        static final MethodHandle OPEN = call(
                "open",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(2));
        static final MethodHandle FALLOCATE = call(
                "fallocate",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG),
                Linker.Option.captureCallState("errno"));
        static final MethodHandle CLOSE =
                call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

        private static MethodHandle call(String name, FunctionDescriptor types, Linker.Option... options) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types, options);
        }
    }

    /// fallocate(2) with mode 0: blocks are reserved and the size grows; false when the file system can't.
    static boolean allocate(Path file, long position, long length) throws IOException {
        if (!LINUX) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Calls.STATE);
            MemorySegment name = arena.allocateFrom(file.toString());
            int fd = (int) Calls.OPEN.invokeExact(state, name, O_RDWR_CLOEXEC);
            if (fd < 0) {
                return false;
            }
            try {
                return allocate(state, fd, file, position, length);
            } finally {
                int ignored = (int) Calls.CLOSE.invokeExact(fd);
            }
        } catch (IOException | Error | RuntimeException e) {
            throw e;
        } catch (Throwable impossible) {
            throw new AssertionError("a native call threw", impossible);
        }
    }

    private static boolean allocate(MemorySegment state, int fd, Path file, long position, long length)
            throws Throwable {
        while (true) {
            int result = (int) Calls.FALLOCATE.invokeExact(state, fd, 0, position, length);
            if (result == 0) {
                return true;
            }
            int errno = (int) Calls.ERRNO.get(state, 0L);
            if (errno == EINTR) {
                continue;
            }
            if (errno == ENOSPC || errno == EDQUOT) {
                throw new DiskFullException(file + ": no space to reserve " + length + " bytes (errno " + errno + ")");
            }
            return false;
        }
    }
}
