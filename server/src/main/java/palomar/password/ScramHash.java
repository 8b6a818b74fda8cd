package palomar.password;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The hash functions of SCRAM and what it computes with them. RFC 5802 2.2, RFC 7677
public enum ScramHash {
    SHA_1("SHA-1", "HmacSHA1", 20),
    SHA_256("SHA-256", "HmacSHA256", 32);

    private final String digest;
    private final String mac;
    private final int length;

    ScramHash(String digest, String mac, int length) {
        this.digest = digest;
        this.mac = mac;
        this.length = length;
    }

    /// `SCRAM-SHA-256` and its kin: the mechanism's name and the scheme's.
    public String mechanism() {
        return "SCRAM-" + digest;
    }

    /// Octets of a digest and of every key.
    public int length() {
        return length;
    }

    /// H
    public byte[] digest(byte[] data) {
        try {
            return MessageDigest.getInstance(digest).digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + digest, e);
        }
    }

    /// HMAC
    public byte[] mac(byte[] key, byte[] data) {
        return mac(key).doFinal(data);
    }

    /// Hi: PBKDF2 with one block of output. The password may not be empty.
    byte[] salted(byte[] password, byte[] salt, int iterations) {
        Mac hmac = mac(password);
        hmac.update(salt);
        byte[] round = hmac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] sum = round.clone();
        for (int i = 1; i < iterations; i++) {
            round = hmac.doFinal(round);
            for (int j = 0; j < sum.length; j++) {
                sum[j] ^= round[j];
            }
        }
        return sum;
    }

    private Mac mac(byte[] key) {
        try {
            Mac hmac = Mac.getInstance(mac);
            hmac.init(new SecretKeySpec(key, mac));
            return hmac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + mac, e);
        }
    }
}
