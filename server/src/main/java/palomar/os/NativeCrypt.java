package palomar.os;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `crypt_r` of the system's libcrypt (of libc where that has it): the hash formats of `/etc/shadow`.
///
/// Takes from microseconds to seconds by the hash's own cost and holds the thread meanwhile: not for virtual
/// threads. Safe for many threads.
public final class NativeCrypt {
    /// `struct crypt_data` has 32 KiB in libxcrypt and 128 KiB in old glibc, which tells nobody its size.
    private static final long DATA_BYTES = 160 * 1024;

    private static final int MAX_HASH = 512;

    private static final @Nullable MethodHandle CRYPT_R = find();

    private NativeCrypt() {}

    /// False where no libcrypt is installed.
    public static boolean available() {
        return CRYPT_R != null;
    }

    /// Hashes `key` as `setting` (a whole hash, or its beginning up to the salt) asks.
    ///
    /// @param key must not hold a zero octet
    /// @return the whole hash; empty when the library does not know or does not accept the setting
    public static Optional<String> crypt(byte[] key, String setting) {
        MethodHandle crypt = CRYPT_R;
        if (crypt == null) {
            throw new IllegalStateException("libcrypt is not installed");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(DATA_BYTES, 16);
            MemorySegment nativeKey = arena.allocate(key.length + 1L);
            MemorySegment.copy(key, 0, nativeKey, ValueLayout.JAVA_BYTE, 0, key.length);
            try {
                MemorySegment nativeSetting = arena.allocateFrom(setting, StandardCharsets.ISO_8859_1);
                MemorySegment hash = (MemorySegment) crypt.invokeExact(nativeKey, nativeSetting, data);
                return text(hash);
            } finally {
                nativeKey.fill((byte) 0);
                data.fill((byte) 0);
            }
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("calling crypt_r", e);
        }
    }

    /// `*0` and `*1` are libxcrypt's way to fail without a null.
    private static Optional<String> text(MemorySegment hash) {
        if (hash.equals(MemorySegment.NULL)) {
            return Optional.empty();
        }
        String text = hash.reinterpret(MAX_HASH).getString(0, StandardCharsets.ISO_8859_1);
        return text.startsWith("*") ? Optional.empty() : Optional.of(text);
    }

    private static @Nullable MethodHandle find() {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor shape = FunctionDescriptor.of(
                ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        for (String library : List.of("libcrypt.so.1", "libcrypt.so.2", "libcrypt.so")) {
            try {
                Optional<MemorySegment> symbol =
                        SymbolLookup.libraryLookup(library, Arena.global()).find("crypt_r");
                if (symbol.isPresent()) {
                    return linker.downcallHandle(symbol.get(), shape);
                }
            } catch (IllegalArgumentException e) {
                // this library is not installed: the next one may be
            }
        }
        return linker.defaultLookup()
                .find("crypt_r")
                .map(symbol -> linker.downcallHandle(symbol, shape))
                .orElse(null);
    }
}
