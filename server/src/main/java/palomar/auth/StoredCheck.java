package palomar.auth;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import palomar.password.Passwords;
import palomar.password.ScramKeys;
import palomar.password.Verdict;
import palomar.sasl.PasswordProof;
import palomar.sasl.Proof;
import palomar.sasl.ScramProof;

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

    /// Checks a proof with whatever is stored that can check it; UNAVAILABLE: nothing is.
    Verdict verify(Proof proof, PassAnswer.Stored stored) {
        Optional<byte[]> clear = StoredSecrets.clear(stored);
        return switch (proof) {
            case ScramProof scram -> verify(scram, stored, clear);
            case PasswordProof other -> clear.isEmpty() ? Verdict.UNAVAILABLE : verdict(other.madeWith(clear.get()));
        };
    }

    private Verdict verify(ScramProof proof, PassAnswer.Stored stored, Optional<byte[]> clear) {
        Optional<ScramKeys> keys = StoredSecrets.keys(stored, proof.hash());
        if (keys.isPresent()) {
            return verdict(proof.madeWith(keys.get()));
        }
        if (clear.isEmpty()) {
            return Verdict.UNAVAILABLE;
        }
        return passwords
                .derive(proof.hash(), clear.get(), proof.salt(), proof.iterations())
                .map(derived -> verdict(proof.madeWith(derived)))
                .orElse(Verdict.BUSY);
    }

    private static Verdict verdict(boolean right) {
        return right ? Verdict.MATCH : Verdict.MISMATCH;
    }

    /// Costs what a real comparison costs, for users that don't exist.
    void decoy(byte[] password) {
        passwords.verify(password, decoy.getBytes(StandardCharsets.UTF_8), "PLAIN");
    }
}
