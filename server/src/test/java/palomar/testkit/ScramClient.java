package palomar.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import palomar.password.ScramHash;

/// The client's side of SCRAM without channel binding, written by the RFC and not by our server: RFC 5802 3.
public final class ScramClient {
    private static final String NONCE = "fyko+d2lbbFgONRv9qkxdawL";

    private final String digest;
    private final String hmac;
    private final String user;
    private final String password;
    private byte[] expected = new byte[0];

    public ScramClient(ScramHash hash, String user, String password) {
        this.digest = hash == ScramHash.SHA_1 ? "SHA-1" : "SHA-256";
        this.hmac = hash == ScramHash.SHA_1 ? "HmacSHA1" : "HmacSHA256";
        this.user = user;
        this.password = password;
    }

    public byte[] first() {
        return base64("n,,n=" + user + ",r=" + NONCE);
    }

    public byte[] last(String challenge) throws GeneralSecurityException {
        String server = new String(Base64.getDecoder().decode(challenge), StandardCharsets.US_ASCII);
        String[] parts = server.split(",");
        byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
        int iterations = Integer.parseInt(parts[2].substring(2));
        int bits = MessageDigest.getInstance(digest).getDigestLength() * 8;
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2With" + hmac)
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, bits))
                .getEncoded();
        byte[] clientKey = mac(salted, "Client Key");
        String withoutProof = "c=biws," + parts[0];
        String message = "n=" + user + ",r=" + NONCE + "," + server + "," + withoutProof;
        byte[] proof = mac(MessageDigest.getInstance(digest).digest(clientKey), message);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        expected = mac(mac(salted, "Server Key"), message);
        return base64(withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof));
    }

    /// True when the server has proved that it has the user's keys.
    public boolean trusts(String lastWord) {
        return lastWord.equals(
                new String(base64("v=" + Base64.getEncoder().encodeToString(expected)), StandardCharsets.US_ASCII));
    }

    private byte[] mac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(hmac);
        mac.init(new SecretKeySpec(key, hmac));
        return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] base64(String text) {
        return Base64.getEncoder().encode(text.getBytes(StandardCharsets.US_ASCII));
    }
}
