package palomar.convert;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import palomar.message.Charsets;
import palomar.message.HeaderText;

/// Writes the encoded words of a header field in another charset. RFC 5259 6, RFC 2047
///
/// Encoded words stay encoded words, for what they are made of could be read as the syntax of an address; those
/// that are in a charset or an encoding that we do not know stay as they are.
final class EncodedWords {
    /// RFC 2047 2
    private static final int LONGEST = 75;

    /// Less room than this is not worth using.
    private static final int LEAST = 30;

    /// A longer one, of which there are some, is not looked for in all of a header.
    private static final int LONGEST_READ = 1024;

    private static final String FOLD = "\r\n ";

    /// One word and where it stands.
    ///
    /// @param start of `=?`
    /// @param end behind `?=`
    private record Word(int start, int end, String charset, String whole) {}

    private final String raw;
    private final TextTarget target;
    private final StringBuilder out = new StringBuilder();

    private EncodedWords(String raw, TextTarget target) {
        this.raw = raw;
        this.target = target;
    }

    /// @param raw whole lines of a field, one char a byte
    static String convert(String raw, TextTarget target) throws Unconvertible {
        return raw.contains("=?") ? new EncodedWords(raw, target).run() : raw;
    }

    private String run() throws Unconvertible {
        int done = 0;
        int at = raw.indexOf("=?");
        while (at >= 0) {
            List<Word> words = wordsAt(at);
            if (words.isEmpty()) {
                at = raw.indexOf("=?", at + 2);
                continue;
            }
            out.append(raw, done, at);
            write(words);
            done = words.getLast().end;
            at = raw.indexOf("=?", done);
        }
        return out.append(raw, done, raw.length()).toString();
    }

    /// Words in one charset with nothing but blanks between them: a character may begin in one and end in the
    /// next.
    private List<Word> wordsAt(int start) {
        List<Word> words = new ArrayList<>();
        int at = start;
        while (true) {
            Optional<Word> next = word(at);
            if (next.isEmpty() || !words.isEmpty() && !next.get().charset.equalsIgnoreCase(words.getFirst().charset)) {
                return words;
            }
            words.add(next.get());
            at = next.get().end;
            while (at < raw.length() && " \t\r\n".indexOf(raw.charAt(at)) >= 0) {
                at++;
            }
        }
    }

    private Optional<Word> word(int start) {
        if (!raw.startsWith("=?", start)) {
            return Optional.empty();
        }
        int charsetEnd = token(start + 2, LONGEST);
        int encodingEnd = charsetEnd < 0 ? -1 : token(charsetEnd + 1, 1);
        int textEnd = encodingEnd < 0 ? -1 : end(encodingEnd + 1);
        if (textEnd < 0 || "bBqQ".indexOf(raw.charAt(charsetEnd + 1)) < 0) {
            return Optional.empty();
        }
        String charset = raw.substring(start + 2, charsetEnd);
        int language = charset.indexOf('*');
        charset = language < 0 ? charset : charset.substring(0, language);
        boolean oneLine = raw.substring(encodingEnd, textEnd).chars().allMatch(c -> c >= ' ' && c < 0x7f);
        if (!oneLine || !Charsets.isKnown(charset)) {
            return Optional.empty();
        }
        return Optional.of(new Word(start, textEnd + 2, charset, raw.substring(start, textEnd + 2)));
    }

    private int end(int from) {
        return raw.indexOf("?=", from, Math.min(raw.length(), from + LONGEST_READ));
    }

    /// The question mark behind at least one and at most `most` characters.
    private int token(int from, int most) {
        for (int i = from; i < raw.length() && i <= from + most; i++) {
            char c = raw.charAt(i);
            if (c == '?') {
                return i > from ? i : -1;
            }
            if (c <= ' ' || c >= 0x7f) {
                return -1;
            }
        }
        return -1;
    }

    private void write(List<Word> words) throws Unconvertible {
        StringBuilder joined = new StringBuilder();
        for (Word word : words) {
            joined.append(joined.isEmpty() ? "" : " ").append(word.whole);
        }
        String text = HeaderText.decode(joined.toString());
        if (text.indexOf('\ufffd') >= 0) {
            out.append(raw, words.getFirst().start, words.getLast().end);
            return;
        }
        int from = 0;
        do {
            int to = stretch(text, from, from == 0 ? room() : LONGEST);
            out.append(from == 0 ? "" : FOLD).append(encoded(text.substring(from, to)));
            from = to;
        } while (from < text.length());
    }

    /// What is left of the line; a new one when that is little.
    private int room() {
        int column = out.length() - 1 - out.lastIndexOf("\n");
        if (LONGEST - column >= LEAST) {
            return LONGEST - column;
        }
        int last = out.length() - 1;
        if (last > 0 && out.charAt(last) == ' ') {
            out.setLength(last);
            out.append(FOLD);
        }
        return LONGEST;
    }

    /// As many characters as one word has room for. Halved until it fits: few steps, and any charset.
    private int stretch(String text, int from, int room) throws Unconvertible {
        int end = Math.min(text.length(), from + LONGEST);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end++;
        }
        int points = text.codePointCount(from, end);
        while (points > 1 && encoded(text.substring(from, end)).length() > room) {
            points /= 2;
            end = text.offsetByCodePoints(from, points);
        }
        return end;
    }

    private String encoded(String text) throws Unconvertible {
        byte[] bytes = target.encode(text, Integer.MAX_VALUE);
        String quoted = quoted(bytes);
        String base64 = Base64.getEncoder().encodeToString(bytes);
        boolean readable = quoted.length() <= base64.length() * 4 / 3 || bytes.length < 4;
        return "=?" + target.name() + (readable ? "?Q?" + quoted : "?B?" + base64) + "?=";
    }

    /// Only characters that may also stand in a phrase. RFC 2047 5
    private static String quoted(byte[] bytes) {
        StringBuilder quoted = new StringBuilder(bytes.length * 2);
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (letter || c >= '0' && c <= '9' || "!*+-/".indexOf(c) >= 0) {
                quoted.append(c);
            } else if (c == ' ') {
                quoted.append('_');
            } else {
                quoted.append('=').append(hex(c >> 4)).append(hex(c & 15));
            }
        }
        return quoted.toString();
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit, 16));
    }
}
