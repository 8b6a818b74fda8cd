package palomar.scripts;

/// A script that can be read. Safe for many threads.
public interface Script {

    /// What it is called in logs and in what its user is told.
    String name();

    /// SHA-256 of its bytes in hexadecimal digits: the key under which its compiled form may be kept. Cheap, where
    /// the store knows it without reading the script.
    String hash();

    /// Its bytes; a copy.
    ///
    /// Throws MailException NOT_FOUND (it is gone meanwhile), CORRUPTION, UNAVAILABLE.
    byte[] content();
}
