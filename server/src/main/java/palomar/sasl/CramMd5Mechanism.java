package palomar.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// CRAM-MD5: a keyed digest of the server's challenge, for old clients. RFC 2195
///
/// Off unless the configuration names it: it needs passwords that are stored in clear.
final class CramMd5Mechanism implements Mechanism {
    private static final int DIGEST_LENGTH = 32;

    private final byte[] challenge;

    /// @param nonce printable ASCII without `<`, `>` and `@`
    /// @param host only makes the challenge look like a message id, as the RFC wants it
    CramMd5Mechanism(String nonce, String host) {
        this.challenge = ("<" + nonce + "@" + host + ">").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String name() {
        return "CRAM-MD5";
    }

    @Override
    public Step start() {
        return new Step.Challenge(challenge.clone());
    }

    @Override
    public Step answer(byte[] response) {
        int space = response.length - DIGEST_LENGTH - 1;
        if (space < 1 || response[space] != ' ') {
            return new Step.Failed("CRAM-MD5 expects: user, space, 32 hexadecimal digits");
        }
        byte[] digest;
        try {
            String hex = new String(response, space + 1, DIGEST_LENGTH, StandardCharsets.ISO_8859_1);
            digest = HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            return new Step.Failed("CRAM-MD5 expects: user, space, 32 hexadecimal digits");
        }
        Optional<String> user = ClientText.name(Arrays.copyOf(response, space), 0, space);
        if (user.isEmpty()) {
            return ClientText.BAD_NAME;
        }
        PasswordProof proof = password -> MessageDigest.isEqual(digest, mac(password));
        return new Step.ProofGiven(user.get(), user.get(), proof);
    }

    private byte[] mac(byte[] password) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(password, "HmacMD5"));
            return mac.doFinal(challenge);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacMD5", e);
        }
    }
}
