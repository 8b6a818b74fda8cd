package palomar.sasl;

import java.util.Optional;

/// What a client sent instead of his password. Whoever has the stored secret can tell whether it is right. Not
/// safe for threads.
public sealed interface Proof permits ScramProof, PasswordProof {
    /// The mechanism's last message to the client, there once the proof was found right; empty: it has none. RFC
    /// 4422 3.6
    Optional<byte[]> successData();
}
