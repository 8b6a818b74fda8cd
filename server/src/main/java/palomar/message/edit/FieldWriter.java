package palomar.message.edit;

import java.util.ArrayList;
import java.util.List;
import palomar.message.RawText;

/// Writes the text of a field so that it may be sent: encoded words where it must be, lines of at most 78
/// characters where it can be. RFC 5322 2.1.1, 2.2.3, RFC 2047
///
/// Decoding and unfolding give back the text, but for blanks at its ends and line ends in it. Encoded are words
/// with characters beyond printable ASCII, words that could be taken for encoded ones, and words too long for a
/// line.
final class FieldWriter {
    static final int LINE = 78;
    /// RFC 5322 2.1.1: no line may be longer than 998; a name and a blank stand before a word.
    private static final int LONGEST_WORD = 900;

    private final StringBuilder out;
    private int column;
    private boolean started;

    private FieldWriter(StringBuilder out) {
        this.out = out;
        this.column = out.length();
    }

    /// All lines of a field of unstructured text.
    static String unstructured(String name, String text) {
        return items(name, words(oneLine(text)));
    }

    /// All lines of a field made of pieces that must stay whole; folded between them.
    ///
    /// @param pieces each with the blank that stands before it, or without one where none may
    static String items(String name, List<String> pieces) {
        StringBuilder out = new StringBuilder(name).append(':');
        FieldWriter writer = new FieldWriter(out);
        for (String piece : pieces) {
            writer.add(piece);
        }
        return out.append("\r\n").toString();
    }

    private void add(String piece) {
        boolean foldable = piece.startsWith(" ") || piece.startsWith("\t");
        if (started && foldable && column + piece.length() > LINE) {
            out.append("\r\n");
            column = 0;
        }
        out.append(piece);
        column += piece.length();
        started = true;
    }

    /// The words of a text, each with the blanks before it (the first with one); words that need it encoded.
    static List<String> words(String text) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int word = skipBlanks(text, at);
            int end = wordEnd(text, word);
            String blanks = at == 0 ? " " : text.substring(at, word);
            if (!needsEncoding(text, word, end)) {
                pieces.add(blanks + text.substring(word, end));
                at = end;
                continue;
            }
            at = lastNeedy(text, end);
            for (String encoded : EncodedWord.of(text.substring(word, at))) {
                pieces.add(blanks + encoded);
                blanks = " ";
            }
        }
        return pieces;
    }

    /// The end of the last word in a row that needs encoding.
    private static int lastNeedy(String text, int from) {
        int last = from;
        while (last < text.length()) {
            int word = skipBlanks(text, last);
            int end = wordEnd(text, word);
            if (!needsEncoding(text, word, end)) {
                break;
            }
            last = end;
        }
        return last;
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int wordEnd(String text, int from) {
        int at = from;
        while (at < text.length() && !isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean needsEncoding(String text, int from, int to) {
        if (to - from > LONGEST_WORD) {
            return true;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '=' && i + 1 < to && text.charAt(i + 1) == '?') {
                return true;
            }
        }
        return false;
    }

    /// Line ends with the blanks around them become one blank; none at the ends.
    static String oneLine(String text) {
        String bare = strip(text);
        if (bare.indexOf('\n') < 0 && bare.indexOf('\r') < 0) {
            return bare;
        }
        StringBuilder line = new StringBuilder(bare.length());
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            if (c != '\r' && c != '\n') {
                line.append(c);
                continue;
            }
            while (!line.isEmpty() && isBlank(line.charAt(line.length() - 1))) {
                line.setLength(line.length() - 1);
            }
            while (i + 1 < bare.length() && " \t\r\n".indexOf(bare.charAt(i + 1)) >= 0) {
                i++;
            }
            line.append(' ');
        }
        return line.toString();
    }

    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && RawText.isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && RawText.isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
