package palomar.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.password.ScramHash;
import palomar.password.ScramKeys;

/// ClientProof of SCRAM, with all that was said before it. RFC 5802 3
public final class ScramProof implements Proof {
    private final ScramHash hash;
    private final byte[] salt;
    private final int iterations;
    private final byte[] authMessage;
    private final byte[] clientProof;
    private byte @Nullable [] serverSignature;

    ScramProof(ScramHash hash, byte[] salt, int iterations, byte[] authMessage, byte[] clientProof) {
        this.hash = hash;
        this.salt = salt;
        this.iterations = iterations;
        this.authMessage = authMessage;
        this.clientProof = clientProof;
    }

    public ScramHash hash() {
        return hash;
    }

    /// The salt that the client was given; what is derived from a password to check this proof takes the same.
    public byte[] salt() {
        return salt.clone();
    }

    public int iterations() {
        return iterations;
    }

    /// True when this was made with the password of those keys; then there is a server signature of them.
    public boolean madeWith(ScramKeys keys) {
        if (keys.hash() != hash) {
            return false;
        }
        byte[] clientKey = hash.mac(keys.storedKey(), authMessage);
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= clientProof[i];
        }
        boolean right = MessageDigest.isEqual(hash.digest(clientKey), keys.storedKey());
        if (right) {
            serverSignature = hash.mac(keys.serverKey(), authMessage);
        }
        return right;
    }

    /// `v=` and the server's signature.
    @Override
    public Optional<byte[]> successData() {
        byte[] signature = serverSignature;
        return signature == null
                ? Optional.empty()
                : Optional.of(
                        ("v=" + Base64.getEncoder().encodeToString(signature)).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "ScramProof[" + hash + "]";
    }
}
