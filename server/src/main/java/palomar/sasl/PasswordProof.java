package palomar.sasl;

import java.util.Optional;

/// A proof that only the password itself can check: CRAM-MD5 and APOP.
public non-sealed interface PasswordProof extends Proof {
    /// True when this was made with that password.
    boolean madeWith(byte[] password);

    @Override
    default Optional<byte[]> successData() {
        return Optional.empty();
    }
}
