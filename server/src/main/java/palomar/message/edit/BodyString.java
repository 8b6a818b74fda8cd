package palomar.message.edit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.message.DecodedContent;
import palomar.message.HtmlText;

/// One string that a test of the body looks at, read when it is needed. One thread.
///
/// Small ones are remembered, because scripts ask for the same more than once.
public final class BodyString {
    private static final int SMALL = 64 << 10;
    /// Characters of HTML that are read, mark-up included.
    private static final int MOST_HTML = 4 << 20;

    /// What it is made of.
    private enum Kind {
        /// Bytes as they are.
        BYTES,
        TEXT,
        HTML
    }

    private final DecodedContent content;
    private final Kind kind;
    private byte @Nullable [] small;

    private BodyString(DecodedContent content, Kind kind) {
        this.content = content;
        this.kind = kind;
    }

    static BodyString raw(ByteSource bytes) {
        return new BodyString(new DecodedContent(bytes, "binary", ""), Kind.BYTES);
    }

    static BodyString bytes(DecodedContent content) {
        return new BodyString(content, Kind.BYTES);
    }

    static BodyString of(DecodedContent content) {
        return new BodyString(content, Kind.TEXT);
    }

    static BodyString html(DecodedContent content) {
        return new BodyString(content, Kind.HTML);
    }

    /// Its octets: UTF-8 for text, the bytes themselves for anything else. The caller closes the stream.
    public InputStream open() throws IOException {
        byte[] known = small;
        if (known != null) {
            return new ByteArrayInputStream(known);
        }
        if (kind != Kind.HTML && content.encoded().size() > SMALL) {
            return stream();
        }
        try (InputStream in = stream()) {
            byte[] read = in.readAllBytes();
            small = read.length > SMALL * 4 ? null : read;
            return new ByteArrayInputStream(read);
        }
    }

    /// Its beginning as text; what is not UTF-8 becomes U+FFFD.
    ///
    /// @param most characters (of UTF-16)
    public String text(int most) throws IOException {
        byte[] known = small;
        if (known != null && known.length <= most) {
            return new String(known, StandardCharsets.UTF_8);
        }
        try (InputStream in = open()) {
            return read(in, most);
        }
    }

    /// Whether `key` occurs in it, found while it is read; it may be of any size.
    ///
    /// @param foldAscii letters of ASCII match in any case
    public boolean contains(byte[] key, boolean foldAscii) throws IOException {
        try (InputStream in = open()) {
            return new ByteSearch(key, foldAscii).isIn(in);
        }
    }

    private InputStream stream() throws IOException {
        return switch (kind) {
            case BYTES -> content.open();
            case TEXT -> content.openText();
            case HTML -> new ByteArrayInputStream(words().getBytes(StandardCharsets.UTF_8));
        };
    }

    private String words() throws IOException {
        try (InputStream in = content.openText()) {
            return HtmlText.of(read(in, MOST_HTML), MOST_HTML);
        }
    }

    private static String read(InputStream in, int most) throws IOException {
        StringBuilder text = new StringBuilder();
        char[] piece = new char[8 << 10];
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
        while (text.length() < most) {
            int read = reader.read(piece, 0, Math.min(piece.length, most - text.length()));
            if (read < 0) {
                return text.toString();
            }
            text.append(piece, 0, read);
        }
        boolean cut = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
        return text.substring(0, cut ? most - 1 : most);
    }
}
