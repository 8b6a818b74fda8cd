package palomar.outbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// A caller's key as it is kept: half of its SHA-256.
record Key(long high, long low) {
    static final int BYTES = 16;

    /// Empty for the empty text: no key.
    static Optional<Key> of(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            ByteBuffer half = ByteBuffer.wrap(hash);
            return Optional.of(new Key(half.getLong(), half.getLong()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// What [#toString] wrote; empty when it is something else.
    static Optional<Key> parse(String hex) {
        boolean fine = hex.length() == 2 * BYTES && hex.chars().allMatch(HexFormat::isHexDigit);
        return fine
                ? Optional.of(
                        new Key(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
