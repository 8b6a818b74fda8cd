package palomar.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import palomar.password.Saslprep;

/// Names and passwords as clients send them: checked, bounded, prepared.
///
/// Names are prepared as SASLprep (RFC 4013 2) does: odd spaces become a space, invisible characters vanish,
/// NFKC, and control, private, unassigned and broken characters are refused. Passwords are left as they came:
/// the hashes in existing databases were made of the raw octets, and a server that prepares them would lock
/// those users out.
final class ClientText {
    /// In octets; RFC 4616 2 asks for 255 at least.
    static final int MAX_NAME = 512;

    /// In octets.
    static final int MAX_PASSWORD = 1024;

    static final Step BAD_NAME =
            new Step.Failed("user name must be 1 to " + MAX_NAME + " octets of UTF-8 without control characters");

    private ClientText() {}

    /// The prepared name in `bytes[from, to)`; empty when it can't be one.
    static Optional<String> name(byte[] bytes, int from, int to) {
        if (to <= from || to - from > MAX_NAME) {
            return Optional.empty();
        }
        String raw;
        try {
            raw = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        String mapped = Saslprep.mapped(raw);
        boolean usable = !mapped.isEmpty() && mapped.codePoints().noneMatch(ClientText::prohibited);
        return usable ? Optional.of(mapped) : Optional.empty();
    }

    /// RFC 4013 2.3 and 2.5, by the categories of today's Unicode.
    private static boolean prohibited(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> c == 0xFFFD;
        };
    }
}
