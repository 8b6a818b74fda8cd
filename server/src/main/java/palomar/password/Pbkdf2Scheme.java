package palomar.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/// Dovecot's PBKDF2: `$1$salt$rounds$hex`, HMAC-SHA1, 20 octets; the salt is used as the letters it is. RFC
/// 8018 5.2
record Pbkdf2Scheme() implements Scheme {
    static final int MAX_ROUNDS = 10_000_000;

    private static final int KEY_BYTES = 20;
    private static final String SALT_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int NEW_SALT = 16;

    @Override
    public String name() {
        return "PBKDF2";
    }

    @Override
    public Encoding encoding() {
        return Encoding.NONE;
    }

    @Override
    public Work work(byte[] data) {
        return Work.SLOW;
    }

    @Override
    public Verdict verify(byte[] password, byte[] data) {
        List<String> fields = List.of(new String(data, StandardCharsets.ISO_8859_1).split("\\$", -1));
        if (fields.size() != 5 || !fields.get(0).isEmpty() || !fields.get(1).equals("1")) {
            return Verdict.MALFORMED;
        }
        int rounds;
        byte[] key;
        try {
            rounds = Integer.parseInt(fields.get(3));
            key = HexFormat.of().parseHex(fields.get(4));
        } catch (IllegalArgumentException e) {
            return Verdict.MALFORMED;
        }
        if (rounds < 1 || rounds > MAX_ROUNDS || key.length != KEY_BYTES) {
            return Verdict.MALFORMED;
        }
        return Verdict.of(MessageDigest.isEqual(key, derive(password, fields.get(2), rounds)));
    }

    @Override
    public byte[] hash(byte[] password, HashSettings settings, SecureRandom random) {
        StringBuilder salt = new StringBuilder(NEW_SALT);
        for (int i = 0; i < NEW_SALT; i++) {
            salt.append(SALT_LETTERS.charAt(random.nextInt(SALT_LETTERS.length())));
        }
        byte[] key = derive(password, salt.toString(), settings.pbkdf2Rounds());
        String text = "$1$" + salt + "$" + settings.pbkdf2Rounds() + "$"
                + HexFormat.of().formatHex(key);
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] derive(byte[] password, String salt, int rounds) {
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA1Digest());
        generator.init(password, salt.getBytes(StandardCharsets.ISO_8859_1), rounds);
        return ((KeyParameter) generator.generateDerivedMacParameters(KEY_BYTES * 8)).getKey();
    }
}
