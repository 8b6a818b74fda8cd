package palomar.password;

/// The alphabet and bit order of bcrypt hashes, without padding.
final class BcryptBase64 {
    private static final String ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private BcryptBase64() {}

    static String encode(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length * 4 / 3 + 2);
        int bits = 0;
        int held = 0;
        for (byte b : bytes) {
            held = held << 8 | b & 0xff;
            bits += 8;
            while (bits >= 6) {
                bits -= 6;
                out.append(ALPHABET.charAt(held >> bits & 63));
            }
        }
        if (bits > 0) {
            out.append(ALPHABET.charAt(held << 6 - bits & 63));
        }
        return out.toString();
    }
}
