package palomar.auth;

import java.nio.charset.StandardCharsets;
import palomar.password.Passwords;
import palomar.password.Verdict;

/// Compares what a client sent with what a database holds, and remembers matches that were costly to find.
///
/// A match is remembered together with the stored text it was found for: when that changes in the database,
/// the memory is worthless by itself. A mismatch is not remembered. Safe for many threads.
final class StoredCheck {
    private final Passwords passwords;
    private final SecretMarks matches;
    private final String decoy;

    /// @param decoy a stored password that nobody has, of the scheme that new ones are made with
    StoredCheck(Passwords passwords, SecretMarks matches, String decoy) {
        this.passwords = passwords;
        this.matches = matches;
        this.decoy = decoy;
    }

    Verdict verify(byte[] password, PassAnswer.Stored stored) {
        byte[] hash = stored.password();
        if (!passwords.costly(hash, stored.defaultScheme())) {
            return passwords.verify(password, hash, stored.defaultScheme());
        }
        byte[] scheme = stored.defaultScheme().getBytes(StandardCharsets.UTF_8);
        if (matches.knows(hash, scheme, password)) {
            return Verdict.MATCH;
        }
        Verdict verdict = passwords.verify(password, hash, stored.defaultScheme());
        if (verdict == Verdict.MATCH) {
            matches.remember(hash, scheme, password);
        }
        return verdict;
    }

    /// Costs what a real comparison costs, for users that don't exist.
    void decoy(byte[] password) {
        passwords.verify(password, decoy.getBytes(StandardCharsets.UTF_8), "PLAIN");
    }
}
