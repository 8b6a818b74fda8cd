package palomar.message;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/// The folding of i;unicode-casemap: titlecase each character, then decompose. RFC 5051 2
///
/// ASCII characters fold by themselves whatever stands around them, so that text may be folded piece by piece
/// if it is cut before one.
public final class CaseFold {
    private CaseFold() {}

    /// The folded text; equal results mean equal text to a search.
    public static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c < 0x80) {
                folded.append(upper(c));
                at++;
                continue;
            }
            int end = at + 1;
            while (end < text.length() && text.charAt(end) >= 0x80) {
                end++;
            }
            foldRun(text, at, end, folded);
            at = end;
        }
        return folded.toString();
    }

    /// The folded text in UTF-8.
    static byte[] foldToUtf8(String text) {
        if (RawText.isAscii(text)) {
            byte[] folded = RawText.bytes(text);
            for (int i = 0; i < folded.length; i++) {
                folded[i] = (byte) upper((char) folded[i]);
            }
            return folded;
        }
        return fold(text).getBytes(StandardCharsets.UTF_8);
    }

    private static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
    }

    /// Folds a run without ASCII; letters of the common alphabets one by one, anything else as a whole, because
    /// combining marks are brought into order over the run.
    private static void foldRun(String text, int from, int to, StringBuilder folded) {
        int start = folded.length();
        for (int i = from; i < to; i++) {
            String letter = Letters.fold(text.charAt(i));
            if (letter == null) {
                folded.setLength(start);
                StringBuilder title = new StringBuilder(to - from);
                text.substring(from, to)
                        .codePoints()
                        .map(Character::toTitleCase)
                        .forEach(title::appendCodePoint);
                folded.append(Normalizer.normalize(title, Normalizer.Form.NFKD));
                return;
            }
            folded.append(letter);
        }
    }

    /// Folded forms of the Latin, Greek and Cyrillic letters, made when the first one is met.
    private static final class Letters {
        private static final int END = 0x530;
        private static final @Nullable String[] TABLE = new String[END];

        static {
            for (int c = 0x80; c < END; c++) {
                boolean mark = Character.getType(c) == Character.NON_SPACING_MARK
                        || Character.getType(c) == Character.ENCLOSING_MARK;
                if (!mark) {
                    String title = Character.toString(Character.toTitleCase(c));
                    TABLE[c] = Normalizer.normalize(title, Normalizer.Form.NFKD);
                }
            }
        }

        static @Nullable String fold(char c) {
            return c < END ? TABLE[c] : null;
        }
    }
}
