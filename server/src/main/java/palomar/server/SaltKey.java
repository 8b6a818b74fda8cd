package palomar.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import palomar.auth.AuthSurroundings;

/// The key of made up SCRAM salts, kept in the data directory: were they others after a restart, everybody could
/// tell them from stored ones. Losing it does no other harm.
final class SaltKey {
    private static final String FILE = "scram-salt.key";

    private SaltKey() {}

    /// Reads the key, or makes it.
    static byte[] of(Path data, SecureRandom random) throws IOException {
        Path file = data.resolve(FILE);
        byte[] fresh = AuthSurroundings.newSaltKey(random);
        try {
            byte[] known = Files.readAllBytes(file);
            if (known.length == fresh.length) {
                return known;
            }
        } catch (NoSuchFileException first) {
            // made below
        }
        Path written = Files.createTempFile(
                data, FILE, ".tmp", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(written, fresh);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
        return fresh;
    }
}
