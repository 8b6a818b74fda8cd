package palomar.sieve.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import palomar.sieve.syntax.Token.Kind;

/// Cuts a script into tokens. Lines may end in LF alone; in strings they end in CRLF whatever the script has. RFC
/// 5228 8.1. One thread, one use.
final class Lexer {
    private static final int MOST_NAME = 64;

    private final byte[] source;
    private final Diagnostics diagnostics;
    private int at;
    private int line = 1;
    /// Where the line begins.
    private int lineStart;
    /// Columns are counted from the last place that was asked for, or a long line would be counted again and
    /// again.
    private int countedTo;

    private int column;
    private boolean failed;
    private boolean quiet;

    Lexer(byte[] source, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
        boolean marked = source.length > 2
                && (source[0] & 0xff) == 0xef
                && (source[1] & 0xff) == 0xbb
                && (source[2] & 0xff) == 0xbf;
        at = marked ? 3 : 0;
        newLineStart();
    }

    Token next() {
        if (!skipBlanks()) {
            return token(Kind.END, position());
        }
        Position start = position();
        byte c = source[at];
        if (isLetter(c)) {
            return name(start);
        }
        if (isDigit(c)) {
            return number(start);
        }
        return switch (c) {
            case '"' -> quoted(start);
            case ':' -> tag(start);
            case ';' -> one(Kind.SEMICOLON, start);
            case ',' -> one(Kind.COMMA, start);
            case '{' -> one(Kind.OPEN_BRACE, start);
            case '}' -> one(Kind.CLOSE_BRACE, start);
            case '[' -> one(Kind.OPEN_BRACKET, start);
            case ']' -> one(Kind.CLOSE_BRACKET, start);
            case '(' -> one(Kind.OPEN_PARENTHESIS, start);
            case ')' -> one(Kind.CLOSE_PARENTHESIS, start);
            default -> odd(start);
        };
    }

    private Token one(Kind kind, Position start) {
        at++;
        return token(kind, start);
    }

    private static Token token(Kind kind, Position start) {
        return new Token(kind, start, "", 0);
    }

    private Token odd(Position start) {
        int size = Math.max(1, Octets.characterSize(source, at, source.length));
        int c = source[at] & 0xff;
        String shown = c <= ' ' || c == 0x7f || size == 1 && c >= 0x80
                ? "with the code " + c
                : "'" + Octets.decode(source, at, at + size) + "'";
        error(start, "unexpected character " + shown + " outside of strings and comments");
        at++;
        while (at < source.length && isOdd(source[at])) {
            at++;
        }
        return token(Kind.ODD, start);
    }

    private Token name(Position start) {
        String word = word(start);
        if (word.equals("text") && at < source.length && source[at] == ':') {
            at++;
            return multiLine(start);
        }
        return new Token(Kind.IDENTIFIER, start, word, 0);
    }

    private Token tag(Position start) {
        at++;
        if (at == source.length || !isLetter(source[at])) {
            return token(Kind.COLON, start);
        }
        return new Token(Kind.TAG, start, word(start), 0);
    }

    private String word(Position start) {
        int from = at;
        while (at < source.length && (isLetter(source[at]) || isDigit(source[at]))) {
            at++;
        }
        int end = Math.min(at, from + MOST_NAME);
        if (end < at) {
            error(start, "invalid name: it is longer than " + MOST_NAME + " characters");
        }
        return new String(source, from, end - from, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    }

    private Token number(Position start) {
        long value = 0;
        boolean fits = true;
        while (at < source.length && isDigit(source[at])) {
            int digit = source[at++] - '0';
            fits &= value <= (Long.MAX_VALUE - digit) / 10;
            value = fits ? value * 10 + digit : value;
        }
        int shift = at == source.length
                ? 0
                : switch (source[at]) {
                    case 'k', 'K' -> 10;
                    case 'm', 'M' -> 20;
                    case 'g', 'G' -> 30;
                    default -> 0;
                };
        at += shift > 0 ? 1 : 0;
        if (!fits || value > Long.MAX_VALUE >> shift) {
            error(start, "invalid number: it exceeds the largest allowed, " + Long.MAX_VALUE);
            return token(Kind.BAD, start);
        }
        return new Token(Kind.NUMBER, start, "", value << shift);
    }

    private Token quoted(Position start) {
        at++;
        Bytes value = new Bytes();
        while (at < source.length && source[at] != '"') {
            if (source[at] == '\\') {
                at++;
                if (at == source.length) {
                    break;
                }
            }
            character(value);
        }
        if (at == source.length) {
            return fail(start, "missing end of the string: there is no closing double quote");
        }
        at++;
        return string(start, value);
    }

    private Token multiLine(Position start) {
        while (at < source.length && (source[at] == ' ' || source[at] == '\t')) {
            at++;
        }
        if (at < source.length && source[at] == '#') {
            skipLine();
        }
        if (!acceptLineEnd()) {
            error(position(), "invalid text: nothing but a hash comment may follow 'text:' in its line");
            return token(Kind.BAD, start);
        }
        Bytes value = new Bytes();
        while (at < source.length) {
            if (source[at] == '.') {
                at++;
                if (at == source.length || acceptLineEnd()) {
                    return string(start, value);
                }
                if (source[at] != '.') {
                    value.add((byte) '.');
                }
            }
            while (at < source.length && !atLineEnd()) {
                character(value);
            }
            if (acceptLineEnd()) {
                value.add((byte) '\r');
                value.add((byte) '\n');
            }
        }
        return fail(start, "missing end of the text: there is no line with a single dot");
    }

    private Token string(Position start, Bytes value) {
        String text = Octets.decode(value.array, 0, value.size);
        if (Octets.isOdd(text)) {
            diagnostics.warning(start, "the string is not valid UTF-8");
        }
        return new Token(Kind.STRING, start, text, 0);
    }

    /// Takes one octet of a string, or one line end.
    private void character(Bytes value) {
        if (acceptLineEnd()) {
            value.add((byte) '\r');
            value.add((byte) '\n');
            return;
        }
        byte c = source[at];
        if (c == 0) {
            error(position(), "invalid character in a string: NUL is not allowed");
        } else if (c == '\r') {
            error(position(), "invalid character in a string: a CR without LF is not allowed");
        }
        value.add(c);
        at++;
    }

    /// False at the end of the script.
    private boolean skipBlanks() {
        while (at < source.length) {
            byte c = source[at];
            if (c == '#') {
                skipLine();
            } else if (c == '/' && at + 1 < source.length && source[at + 1] == '*') {
                skipComment();
            } else if (c == ' ' || c == '\t') {
                at++;
            } else if (!acceptLineEnd()) {
                return true;
            }
        }
        return false;
    }

    private void skipLine() {
        while (at < source.length && !atLineEnd()) {
            checkComment();
            at++;
        }
    }

    private void skipComment() {
        Position start = position();
        at += 2;
        while (at < source.length) {
            if (source[at] == '*' && at + 1 < source.length && source[at + 1] == '/') {
                at += 2;
                return;
            }
            if (!acceptLineEnd()) {
                checkComment();
                at++;
            }
        }
        fail(start, "missing end of the comment: there is no '*/'");
    }

    private void checkComment() {
        if (source[at] == 0) {
            error(position(), "invalid character in a comment: NUL is not allowed");
        }
    }

    private boolean atLineEnd() {
        return source[at] == '\n' || source[at] == '\r' && at + 1 < source.length && source[at + 1] == '\n';
    }

    private boolean acceptLineEnd() {
        if (at == source.length || !atLineEnd()) {
            return false;
        }
        at += source[at] == '\n' ? 1 : 2;
        line++;
        newLineStart();
        return true;
    }

    private void newLineStart() {
        lineStart = at;
        countedTo = at;
        column = 1;
    }

    private Position position() {
        for (int i = Math.max(countedTo, lineStart); i < at; i++) {
            column += (source[i] & 0xc0) == 0x80 ? 0 : 1;
        }
        countedTo = at;
        return new Position(line, column);
    }

    private void error(Position where, String text) {
        if (!quiet) {
            diagnostics.error(where, text);
        }
    }

    /// The script ends within a token.
    private Token fail(Position where, String text) {
        error(where, text);
        failed = true;
        at = source.length;
        return token(Kind.END, where);
    }

    /// Whether the end of the script was no proper one; that was reported.
    boolean failed() {
        return failed;
    }

    /// Reports nothing any more.
    void quiet() {
        quiet = true;
    }

    private static boolean isOdd(byte c) {
        return !isLetter(c) && !isDigit(c) && " \t\r\n\":;,{}[]()#/".indexOf(c) < 0;
    }

    private static boolean isLetter(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    /// A growing array.
    private static final class Bytes {
        private byte[] array = new byte[32];
        private int size;

        void add(byte b) {
            if (size == array.length) {
                array = Arrays.copyOf(array, size * 2);
            }
            array[size++] = b;
        }
    }
}
