package palomar.mail;

/// 128 bits that name one message content for ever: kept by COPY and MOVE, EMAILID of RFC 8474 5.2.
public record MessageGuid(long high, long low) {
    @Override
    public String toString() {
        return hex(high) + hex(low);
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
