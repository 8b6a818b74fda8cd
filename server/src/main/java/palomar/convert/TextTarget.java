package palomar.convert;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.message.Charsets;

/// The charset that text is to have, and what stands for characters that it lacks. RFC 5259 7.1, 12.1
final class TextTarget {
    static final String CHARSET = "charset";
    static final String REPLACEMENT = "unknown-character-replacement";
    static final List<String> PARAMETERS = List.of(CHARSET, REPLACEMENT);

    /// More would make a large text of a small one.
    private static final int LONGEST_REPLACEMENT = 8;

    private final Charset charset;
    private final String name;
    private final @Nullable String replacement;

    private TextTarget(Charset charset, String name, @Nullable String replacement) {
        this.charset = charset;
        this.name = name;
        this.replacement = replacement;
    }

    /// Without the parameter: UTF-8.
    static TextTarget of(Map<String, String> parameters) throws Unconvertible {
        String name = parameters.getOrDefault(CHARSET, "utf-8");
        Charset charset =
                find(name).orElseThrow(() -> Unconvertible.bad("The charset is not known here", List.of(CHARSET)));
        String replacement = parameters.get(REPLACEMENT);
        if (replacement != null) {
            if (replacement.length() > LONGEST_REPLACEMENT) {
                throw Unconvertible.bad(
                        "The replacement is limited to " + LONGEST_REPLACEMENT + " characters", List.of(REPLACEMENT));
            }
            if (!charset.newEncoder().canEncode(replacement)) {
                throw Unconvertible.bad("The charset does not have the replacement", List.of(REPLACEMENT));
            }
        }
        return new TextTarget(charset, name.toLowerCase(Locale.ROOT), replacement);
    }

    /// The charset exactly: what mail takes for a superset when it reads would be wrong here.
    private static Optional<Charset> find(String name) {
        try {
            Optional<Charset> exact =
                    Charset.isSupported(name) ? Optional.of(Charset.forName(name)) : Charsets.find(name);
            return exact.filter(Charset::canEncode);
        } catch (IllegalCharsetNameException none) {
            return Optional.empty();
        }
    }

    /// As the client wrote it, in lower case.
    String name() {
        return name;
    }

    /// Is it that charset already?
    boolean is(String other) {
        return find(other).filter(charset::equals).isPresent();
    }

    /// @param most bytes of the result
    byte[] encode(String text, int most) throws Unconvertible {
        try {
            return array(encoder().encode(CharBuffer.wrap(text)));
        } catch (CharacterCodingException missing) {
            if (replacement == null) {
                throw Unconvertible.bad("The text has characters that " + name + " lacks", List.of(CHARSET));
            }
            return array(replaced(text, replacement, most));
        }
    }

    /// Character by character: the encoder's own replacement has to be short.
    private ByteBuffer replaced(String text, String instead, int most) throws Unconvertible {
        CharsetEncoder encoder = encoder();
        StringBuilder known = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int next = text.offsetByCodePoints(at, 1);
            char first = text.charAt(at);
            if (next == at + 1 ? encoder.canEncode(first) : encoder.canEncode(text.substring(at, next))) {
                known.append(text, at, next);
            } else {
                known.append(instead);
            }
            at = next;
            if (known.length() > most) {
                throw Unconvertible.content("The result is larger than " + most + " bytes");
            }
        }
        return charset.encode(CharBuffer.wrap(known));
    }

    private CharsetEncoder encoder() {
        return charset.newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static byte[] array(ByteBuffer bytes) {
        int start = bytes.arrayOffset();
        return Arrays.copyOfRange(bytes.array(), start + bytes.position(), start + bytes.limit());
    }
}
