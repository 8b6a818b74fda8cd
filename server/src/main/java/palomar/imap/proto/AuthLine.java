package palomar.imap.proto;

/// A line that answers a challenge of AUTHENTICATE. RFC 9051 6.2.2
public sealed interface AuthLine {

    /// The decoded answer; may be empty. Its bytes are secret and do not show in [#toString()].
    record Response(byte[] bytes) implements AuthLine {
        @Override
        public String toString() {
            return "Response[...]";
        }
    }

    /// `*`: the client gives up; the command is answered BAD.
    record Cancelled() implements AuthLine {}

    /// Not base64, or too long: BAD.
    record Malformed(String why) implements AuthLine {}
}
