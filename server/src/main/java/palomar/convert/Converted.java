package palomar.convert;

/// The result of a conversion.
///
/// @param charset of text; empty for anything else
/// @param bytes not to be changed
public record Converted(MediaType type, String charset, byte[] bytes) {

    public boolean isText() {
        return type.type().equals("text");
    }

    /// Line ends, which BODYSTRUCTURE tells of text. RFC 3501 7.4.2
    public long lines() {
        long lines = 0;
        for (byte b : bytes) {
            if (b == '\n') {
                lines++;
            }
        }
        return lines;
    }
}
