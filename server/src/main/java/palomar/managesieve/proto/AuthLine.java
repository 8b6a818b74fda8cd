package palomar.managesieve.proto;

/// What a client answers to a challenge. RFC 5804 2.1
public sealed interface AuthLine {

    /// Base64 as it came.
    record Response(byte[] base64) implements AuthLine {
        @Override
        public String toString() {
            return "Response[" + base64.length + " bytes]";
        }
    }

    /// `"*"`
    record Cancelled() implements AuthLine {}

    /// Skipped. The text is for the client.
    record Malformed(String why) implements AuthLine {}
}
