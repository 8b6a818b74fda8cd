package palomar.password;

import java.security.SecureRandom;

/// What can be read off a crypt(3) hash without computing it, and the settings that new ones begin with.
final class CryptText {
    static final int MAX_ROUNDS = 5_000_000;
    static final int MAX_BCRYPT_COST = 16;
    static final int BCRYPT_SALT_BYTES = 16;

    private static final String ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int DES_LENGTH = 13;
    private static final int BSDI_LENGTH = 20;

    private CryptText() {}

    /// DES in both forms, MD5, NT.
    static boolean weak(String hash) {
        if (hash.startsWith("$")) {
            return hash.startsWith("$1$") || hash.startsWith("$3$") || hash.startsWith("$md5");
        }
        boolean des = hash.length() == DES_LENGTH && inAlphabet(hash, 0);
        boolean bsdi = hash.length() == BSDI_LENGTH && hash.charAt(0) == '_' && inAlphabet(hash, 1);
        return des || bsdi;
    }

    static boolean bcrypt(String hash) {
        return hash.startsWith("$2");
    }

    /// False when the hash asks for more rounds than a login may cost.
    static boolean affordable(String hash) {
        if (bcrypt(hash)) {
            return number(hash, hash.indexOf('$', 1) + 1) <= MAX_BCRYPT_COST;
        }
        int rounds = hash.indexOf("$rounds=");
        return rounds < 0 || number(hash, rounds + "$rounds=".length()) <= MAX_ROUNDS;
    }

    /// `$5$rounds=N$` or `$6$rounds=N$` and a salt of 16 letters.
    static String shaSetting(int variant, int rounds, SecureRandom random) {
        return "$" + variant + "$rounds=" + rounds + "$" + letters(16, random);
    }

    static String md5Setting(SecureRandom random) {
        return "$1$" + letters(8, random);
    }

    static String desSetting(SecureRandom random) {
        return letters(2, random);
    }

    static String bcryptSetting(int cost, SecureRandom random) {
        byte[] salt = new byte[BCRYPT_SALT_BYTES];
        random.nextBytes(salt);
        return "$2y$" + (cost < 10 ? "0" : "") + cost + "$" + BcryptBase64.encode(salt);
    }

    private static String letters(int count, SecureRandom random) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static boolean inAlphabet(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (ALPHABET.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /// The digits at `from`; a number too long to be one is as good as endless.
    private static long number(String text, int from) {
        long number = 0;
        for (int i = from; i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9'; i++) {
            number = Math.min(number * 10 + text.charAt(i) - '0', Integer.MAX_VALUE);
        }
        return number;
    }
}
