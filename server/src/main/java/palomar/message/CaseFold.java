package palomar.message;

import java.text.Normalizer;

/// The folding of i;unicode-casemap: titlecase each character, then decompose. RFC 5051 2
public final class CaseFold {
    private CaseFold() {}

    /// The folded text; equal results mean equal text to a search.
    public static String fold(String text) {
        boolean ascii = true;
        for (int i = 0; i < text.length() && ascii; i++) {
            ascii = text.charAt(i) < 0x80;
        }
        StringBuilder folded = new StringBuilder(text.length());
        if (ascii) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                folded.append(c >= 'a' && c <= 'z' ? (char) (c - 32) : c);
            }
            return folded.toString();
        }
        text.codePoints().map(Character::toTitleCase).forEach(folded::appendCodePoint);
        return Normalizer.normalize(folded, Normalizer.Form.NFKD);
    }
}
