package palomar.password;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// What a server keeps of a password for SCRAM: enough to check a proof and to prove itself, not enough to log in
/// with. RFC 5802 3
///
/// The arrays are not copied: whoever holds the record leaves them as they are.
public record ScramKeys(ScramHash hash, int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
    /// More work than any honest database asks for.
    static final int MAX_ITERATIONS = 1_000_000;

    private static final int MAX_TEXT = 1_024;
    private static final byte[] CLIENT_KEY = "Client Key".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SERVER_KEY = "Server Key".getBytes(StandardCharsets.US_ASCII);

    /// Derives the keys of a password; costs `iterations` of HMAC.
    ///
    /// @param password not empty
    public static ScramKeys of(ScramHash hash, byte[] password, byte[] salt, int iterations) {
        byte[] salted = hash.salted(Saslprep.mapped(password), salt, iterations);
        byte[] clientKey = hash.mac(salted, CLIENT_KEY);
        byte[] storedKey = hash.digest(clientKey);
        byte[] serverKey = hash.mac(salted, SERVER_KEY);
        Arrays.fill(clientKey, (byte) 0);
        Arrays.fill(salted, (byte) 0);
        return new ScramKeys(hash, iterations, salt, storedKey, serverKey);
    }

    /// Reads `iterations,salt,StoredKey,ServerKey`, the last three in base64, as Dovecot keeps them; empty when it
    /// is none, or asks for more work than any honest one.
    public static Optional<ScramKeys> parse(ScramHash hash, byte[] text) {
        if (text.length > MAX_TEXT) {
            return Optional.empty();
        }
        String[] parts = new String(text, StandardCharsets.ISO_8859_1).split(",", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        int iterations = number(parts[0]);
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            byte[] salt = base64.decode(parts[1]);
            byte[] storedKey = base64.decode(parts[2]);
            byte[] serverKey = base64.decode(parts[3]);
            boolean fits = iterations > 0
                    && salt.length > 0
                    && storedKey.length == hash.length()
                    && serverKey.length == hash.length();
            return fits ? Optional.of(new ScramKeys(hash, iterations, salt, storedKey, serverKey)) : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /// The form that [#parse] reads.
    public String print() {
        Base64.Encoder base64 = Base64.getEncoder();
        return iterations + "," + base64.encodeToString(salt) + "," + base64.encodeToString(storedKey) + ","
                + base64.encodeToString(serverKey);
    }

    /// 0 when it is no number from 1 to the limit.
    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 7 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int value = digits ? Integer.parseInt(text) : 0;
        return value <= MAX_ITERATIONS ? value : 0;
    }

    @Override
    public String toString() {
        return "ScramKeys[" + hash + ", " + iterations + "]";
    }
}
