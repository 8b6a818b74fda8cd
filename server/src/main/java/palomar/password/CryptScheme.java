package palomar.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.DataLengthException;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import palomar.os.NativeCrypt;

/// crypt(3) hashes, computed by the system's libcrypt; bcrypt also without one.
///
/// The name decides only how new hashes are made: each name accepts whatever libcrypt knows, as Dovecot does.
/// A locked account (`*`, `!`, `x`) is a mismatch like any other.
record CryptScheme(String name, Kind kind) implements Scheme {
    enum Kind {
        BCRYPT,
        SHA256,
        SHA512,
        MD5,
        DES
    }

    /// bcrypt looks at no more than this; Bouncy Castle refuses what libcrypt cuts off.
    private static final int BCRYPT_KEY = 72;

    @Override
    public Encoding encoding() {
        return Encoding.NONE;
    }

    @Override
    public boolean weak(byte[] data) {
        return CryptText.weak(text(data));
    }

    @Override
    public Work work(byte[] data) {
        return Work.SLOW;
    }

    @Override
    public Verdict verify(byte[] password, byte[] data) {
        return verify(password, text(data), NativeCrypt.available());
    }

    /// @param library false to do without libcrypt
    static Verdict verify(byte[] password, String hash, boolean library) {
        if (holdsNul(password) || hash.isEmpty() || hash.indexOf('\0') >= 0) {
            return Verdict.MISMATCH;
        }
        if (!CryptText.affordable(hash)) {
            return Verdict.MALFORMED;
        }
        if (!library) {
            return CryptText.bcrypt(hash) ? verifyBcrypt(password, hash) : Verdict.UNAVAILABLE;
        }
        Optional<String> computed = NativeCrypt.crypt(password, hash);
        return Verdict.of(computed.isPresent() && equal(computed.get(), hash));
    }

    @Override
    public byte[] hash(byte[] password, HashSettings settings, SecureRandom random) {
        if (holdsNul(password)) {
            throw new IllegalArgumentException("a password can't hold NUL");
        }
        String hash = NativeCrypt.available()
                ? byLibrary(password, setting(settings, random))
                : withoutLibrary(password, settings.bcryptCost(), random);
        return hash.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String byLibrary(byte[] password, String setting) {
        return NativeCrypt.crypt(password, setting)
                .orElseThrow(() -> new IllegalArgumentException(
                        "this system's libcrypt does not make such hashes, or the password is too long for it"));
    }

    private String withoutLibrary(byte[] password, int cost, SecureRandom random) {
        if (kind != Kind.BCRYPT) {
            throw new IllegalArgumentException("libcrypt is not installed: choose ARGON2ID or BLF-CRYPT");
        }
        return bcrypt(password, cost, random);
    }

    private String setting(HashSettings settings, SecureRandom random) {
        return switch (kind) {
            case BCRYPT -> CryptText.bcryptSetting(settings.bcryptCost(), random);
            case SHA256 -> CryptText.shaSetting(5, settings.cryptRounds(), random);
            case SHA512 -> CryptText.shaSetting(6, settings.cryptRounds(), random);
            case MD5 -> CryptText.md5Setting(random);
            case DES -> CryptText.desSetting(random);
        };
    }

    private static Verdict verifyBcrypt(byte[] password, String hash) {
        try {
            return Verdict.of(OpenBSDBCrypt.checkPassword(hash, bcryptKey(password)));
        } catch (DataLengthException | IllegalArgumentException e) {
            return Verdict.MISMATCH; // as libcrypt answers a setting that it can't read
        }
    }

    /// bcrypt without libcrypt.
    static String bcrypt(byte[] password, int cost, SecureRandom random) {
        byte[] salt = new byte[CryptText.BCRYPT_SALT_BYTES];
        random.nextBytes(salt);
        return OpenBSDBCrypt.generate("2y", bcryptKey(password), salt, cost);
    }

    private static byte[] bcryptKey(byte[] password) {
        return password.length > BCRYPT_KEY ? Arrays.copyOf(password, BCRYPT_KEY) : password;
    }

    private static boolean equal(String computed, String stored) {
        return MessageDigest.isEqual(
                computed.getBytes(StandardCharsets.ISO_8859_1), stored.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean holdsNul(byte[] password) {
        for (byte b : password) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private static String text(byte[] data) {
        return new String(data, StandardCharsets.ISO_8859_1);
    }
}
