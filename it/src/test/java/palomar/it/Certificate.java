package palomar.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A certificate for `localhost` that nobody has signed but itself, as an operator makes one.
final class Certificate {
    private Certificate() {}

    /// Writes `key.pem` and `chain.pem`, which all may read, for two days.
    static void write(Path folder) throws Exception {
        Result.needs("openssl");
        Result.client(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                folder + "/key.pem",
                "-out",
                folder + "/chain.pem");
        Files.setPosixFilePermissions(folder.resolve("chain.pem"), PosixFilePermissions.fromString("rw-r--r--"));
    }
}
