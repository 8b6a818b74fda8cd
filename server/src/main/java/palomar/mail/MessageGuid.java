package palomar.mail;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// 128 bits that name one message content for ever: kept by COPY and MOVE, EMAILID of RFC 8474 5.1.
public record MessageGuid(long high, long low) {

    /// The name of the content with something in front of it: always the same for the same bytes, so that two
    /// recipients who get different first lines don't share it.
    ///
    /// @param head empty: this name
    public MessageGuid behind(byte[] head) {
        if (head.length == 0) {
            return this;
        }
        ByteBuffer hash = ByteBuffer.wrap(sha256().digest(head));
        return new MessageGuid(high ^ hash.getLong(), low ^ hash.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return hex(high) + hex(low);
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
