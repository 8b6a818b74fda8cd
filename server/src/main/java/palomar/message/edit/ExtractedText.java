package palomar.message.edit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import palomar.message.Charsets;
import palomar.message.DecodedContent;

/// The beginning of a text, decoded strictly. RFC 5703 7
final class ExtractedText {
    /// No charset has longer characters, shifts between its sets included.
    private static final int MOST_PER_CHARACTER = 12;

    private ExtractedText() {}

    /// At most `first` characters; empty when it can't be decoded.
    static String of(DecodedContent content, int first) throws IOException {
        Optional<Charset> charset =
                content.charset().isEmpty() ? Optional.of(StandardCharsets.UTF_8) : Charsets.find(content.charset());
        if (!content.isKnownEncoding() || first <= 0) {
            return "";
        }
        if (charset.isEmpty()) {
            return Charsets.isKnown(content.charset()) ? cut(utf7(content, first), first) : "";
        }
        byte[] bytes = read(content, (long) first * MOST_PER_CHARACTER);
        CharsetDecoder decoder = charset.get()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate((int) (bytes.length * (double) decoder.maxCharsPerByte()) + 2);
        boolean whole = bytes.length < (long) first * MOST_PER_CHARACTER;
        boolean wrong = decoder.decode(ByteBuffer.wrap(bytes), text, whole).isError();
        return wrong ? "" : cut(text.flip().toString(), first);
    }

    /// The one charset that we know and Java does not.
    private static String utf7(DecodedContent content, int first) throws IOException {
        return Charsets.decode(read(content, (long) first * MOST_PER_CHARACTER), content.charset());
    }

    private static byte[] read(DecodedContent content, long most) throws IOException {
        try (InputStream in = content.open()) {
            return in.readNBytes((int) Math.min(most, Integer.MAX_VALUE - 16));
        }
    }

    static String cut(String text, int first) {
        if (text.length() <= first) {
            return text;
        }
        int characters = text.codePointCount(0, text.length());
        return characters <= first ? text : text.substring(0, text.offsetByCodePoints(0, first));
    }
}
