package palomar.password;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/// A plain digest, or digest of password and salt followed by the salt: `{SHA256}`, `{SSHA256}` and their kin.
///
/// @param algorithm as the JDK names it
/// @param weakAlways true for MD5
record DigestScheme(String name, String algorithm, int length, boolean salted, Encoding encoding, boolean weakAlways)
        implements Scheme {
    private static final int NEW_SALT = 16;

    @Override
    public int rawLength() {
        return salted ? 0 : length;
    }

    @Override
    public boolean weak(byte[] data) {
        return weakAlways;
    }

    @Override
    public Verdict verify(byte[] password, byte[] data) {
        boolean fits = salted ? data.length > length : data.length == length;
        if (!fits) {
            return Verdict.MALFORMED;
        }
        byte[] salt = Arrays.copyOfRange(data, length, data.length);
        return Verdict.of(MessageDigest.isEqual(digest(password, salt), Arrays.copyOf(data, length)));
    }

    @Override
    public byte[] hash(byte[] password, HashSettings settings, SecureRandom random) {
        byte[] salt = new byte[salted ? NEW_SALT : 0];
        random.nextBytes(salt);
        byte[] data = Arrays.copyOf(digest(password, salt), length + salt.length);
        System.arraycopy(salt, 0, data, length, salt.length);
        return data;
    }

    private byte[] digest(byte[] password, byte[] salt) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(password);
            digest.update(salt);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
