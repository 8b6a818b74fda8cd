package palomar.convert;

import java.util.ArrayDeque;
import java.util.Deque;

/// Sets words in lines of at most [#WIDTH] columns, with what stands before them: quote marks, bullets, indents.
///
/// Blanks collapse; a word that is longer than a line has one for itself. Lines end in CRLF. One thread, one text.
final class TextLayout {
    /// RFC 3676 4.2 recommends 66 to 78.
    static final int WIDTH = 72;

    /// Deeper ones show no more marks: a line has to have room for words.
    private static final int MOST_MARKS = 8;

    /// What stands before lines.
    private static final class Mark {
        private final String first;
        private final String rest;
        private boolean used;

        Mark(String first, String rest) {
            this.first = first;
            this.rest = rest;
        }
    }

    private final int most;
    private final StringBuilder text = new StringBuilder();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private final StringBuilder word = new StringBuilder();
    private int column;
    private int gap;
    private boolean lineOpen;
    private boolean space;
    private boolean separator;
    private boolean overflown;

    /// @param most characters; what comes behind them is lost
    TextLayout(int most) {
        this.most = most;
    }

    boolean overflown() {
        return overflown;
    }

    /// Running text.
    void add(String running) {
        for (int i = 0; i < running.length(); i++) {
            char c = running.charAt(i);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
                endWord();
                space = true;
            } else {
                addCharacter(c);
            }
        }
    }

    /// Text whose blanks and lines count.
    void addAsIs(String lines) {
        endWord();
        for (int i = 0; i < lines.length(); i++) {
            char c = lines.charAt(i);
            if (c == '\n') {
                putAsIs();
                breakLine();
            } else if (c == '\t') {
                putAsIs();
                openLine();
                put(" ".repeat(8 - column % 8));
            } else {
                addCharacter(c);
            }
        }
        putAsIs();
        space = false;
    }

    private void putAsIs() {
        if (!word.isEmpty()) {
            String stretch = word.toString();
            word.setLength(0);
            openLine();
            put(stretch);
        }
    }

    /// Controls would speak to a terminal; zero-width characters pad the texts of advertisers.
    private void addCharacter(char c) {
        if (c == '\u00a0') {
            word.append(' ');
        } else if (c >= ' ' && (c < 0x7f || c > 0x9f) && c != '\u200b' && c != '\u00ad' && c != '\ufeff') {
            word.append(c);
        }
    }

    /// Between the cells of a row: shown when another one has text in the same line.
    void cell() {
        endWord();
        separator = lineOpen;
        space = lineOpen;
    }

    /// Ends the line; the next text has so many empty lines before it, unless it is the first.
    void block(int emptyLines) {
        endLine();
        if (!text.isEmpty()) {
            gap = Math.max(gap, emptyLines);
        }
    }

    /// `<br>`: also an empty line when nothing stands in the current one.
    void breakLine() {
        endWord();
        if (lineOpen) {
            endLine();
        } else if (!text.isEmpty()) {
            gap++;
        }
        space = false;
    }

    void rule() {
        block(0);
        openLine();
        put("-".repeat(Math.max(3, WIDTH - column)));
        block(0);
    }

    /// Lines from here on begin with a mark, the first one perhaps with another.
    void mark(String first, String rest) {
        endLine();
        marks.addLast(marks.size() < MOST_MARKS ? new Mark(first, rest) : new Mark("", ""));
    }

    void unmark() {
        endLine();
        marks.pollLast();
    }

    String finish() {
        endLine();
        return text.toString();
    }

    private void endWord() {
        if (word.isEmpty()) {
            return;
        }
        String next = word.toString();
        word.setLength(0);
        int width = width(next);
        if (lineOpen && space && column + 1 + width + (separator ? 2 : 0) > WIDTH) {
            endLine();
        }
        if (!lineOpen) {
            openLine();
        } else {
            if (separator) {
                put(" |");
            }
            if (space) {
                put(" ");
            }
        }
        put(next);
        separator = false;
        space = false;
    }

    private void openLine() {
        if (lineOpen) {
            return;
        }
        for (; gap > 0; gap--) {
            emptyLine();
        }
        lineOpen = true;
        for (Mark mark : marks) {
            put(mark.used ? mark.rest : mark.first);
            mark.used = true;
        }
    }

    /// With the quote marks of what goes on, but not of what has yet to begin.
    private void emptyLine() {
        StringBuilder line = new StringBuilder();
        for (Mark mark : marks) {
            if (!mark.used) {
                break;
            }
            line.append(mark.rest);
        }
        append(line.toString().stripTrailing());
        append("\r\n");
    }

    private void endLine() {
        endWord();
        if (lineOpen) {
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == ' ') {
                end--;
            }
            text.setLength(end);
            append("\r\n");
        }
        lineOpen = false;
        column = 0;
        space = false;
        separator = false;
    }

    private void put(String piece) {
        append(piece);
        column += width(piece);
    }

    private void append(String piece) {
        overflown |= text.length() + piece.length() > most;
        if (!overflown) {
            text.append(piece);
        }
    }

    /// Columns of a terminal: characters of East Asia take two.
    private static int width(String piece) {
        int width = piece.length();
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (c >= 0x1100 && isWide(c)) {
                width++;
            }
        }
        return width;
    }

    private static boolean isWide(char c) {
        return c <= 0x115f
                || c >= 0x2e80 && c <= 0xa4cf
                || c >= 0xac00 && c <= 0xd7a3
                || c >= 0xf900 && c <= 0xfaff
                || c >= 0xfe30 && c <= 0xfe4f
                || c >= 0xff00 && c <= 0xff60;
    }
}
