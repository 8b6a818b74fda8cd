package palomar.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads address lists as real mail has them: RFC 5322 3.4 and 4.4, and what people write instead. Never
/// fails; text that is no address at all becomes a mailbox without host. Each character is looked at a
/// bounded number of times.
public final class AddressParser {
    private final CharSequence text;
    private final int limit;
    private final List<Address> found = new ArrayList<>();
    private int at;
    private boolean inGroup;
    /// No closing quote follows: a quote is an ordinary character from here on.
    private boolean quotesOver;
    /// Neither a colon nor a bracket follows: no source route from here on.
    private boolean routesOver;

    /// What stands before the address proper, words joined by one blank.
    private final StringBuilder phrase = new StringBuilder();
    /// Where the last unquoted word of the phrase starts.
    private int lastWord;

    private boolean gap;
    private @Nullable String comment;

    private AddressParser(CharSequence text, int limit) {
        this.text = text;
        this.limit = limit;
    }

    /// The addresses in an unfolded value, at most `limit` elements (and the end of a group that was cut).
    public static List<Address> parse(CharSequence value, int limit) {
        return new AddressParser(value, limit).run();
    }

    private List<Address> run() {
        while (at < text.length() && found.size() < limit) {
            char c = text.charAt(at);
            if (c == ',' || RawText.isSpace(c)) {
                at++;
            } else if (c == ';') {
                at++;
                endGroup();
            } else {
                address();
            }
        }
        endGroup();
        return found;
    }

    private void endGroup() {
        if (inGroup) {
            found.add(Address.GROUP_END);
            inGroup = false;
        }
    }

    private void address() {
        phrase.setLength(0);
        lastWord = 0;
        gap = false;
        comment = null;
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case ' ', '\t', '\r', '\n' -> {
                    gap = true;
                    at++;
                }
                case '(' -> comment = comment();
                case '"' -> quotedWord();
                case '<' -> {
                    angleAddress();
                    return;
                }
                case '@' -> {
                    if (plainAddress()) {
                        return;
                    }
                }
                case ':' -> {
                    if (!inGroup) {
                        at++;
                        inGroup = true;
                        found.add(Address.groupStart(phrase.toString()));
                        return;
                    }
                    word(c);
                }
                case ',', ';' -> {
                    bareWords();
                    return;
                }
                default -> word(c);
            }
        }
        bareWords();
    }

    private void word(char c) {
        at++;
        openWord(c != '.');
        phrase.append(c);
    }

    private void openWord(boolean separable) {
        boolean afterDot = !phrase.isEmpty() && phrase.charAt(phrase.length() - 1) == '.';
        if (gap && !phrase.isEmpty() && separable) {
            phrase.append(' ');
            if (!afterDot) {
                lastWord = phrase.length();
            }
        }
        gap = false;
    }

    private void quotedWord() {
        int close = quotesOver ? -1 : closingQuote(at + 1);
        if (close < 0) {
            quotesOver = true;
            word('"');
            return;
        }
        openWord(true);
        unquote(at + 1, close);
        at = close + 1;
    }

    private int closingQuote(int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i;
            }
            if (c == '\\') {
                i++;
            }
        }
        return -1;
    }

    private void unquote(int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            phrase.append(c == '\\' && i + 1 < to ? text.charAt(++i) : c);
        }
    }

    /// The text of a comment, nested ones included; `at` moves behind it.
    private String comment() {
        StringBuilder inside = new StringBuilder();
        int depth = 1;
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                inside.append(text.charAt(at++));
                continue;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                break;
            }
            inside.append(c);
        }
        return inside.toString().strip();
    }

    /// `words <route:local@host>`
    private void angleAddress() {
        String name = phrase.toString();
        at++;
        skipBlanks();
        String route = null;
        if (at < text.length() && text.charAt(at) == '@') {
            route = route();
        }
        String local = until("@>,");
        String host = "";
        if (at < text.length() && text.charAt(at) == '@') {
            at++;
            host = until(">,");
        }
        if (at < text.length() && text.charAt(at) == '>') {
            at++;
        }
        emit(name, route, local, host);
    }

    private @Nullable String route() {
        int colon = routesOver ? text.length() : at;
        while (colon < text.length() && text.charAt(colon) != ':' && text.charAt(colon) != '>') {
            colon++;
        }
        routesOver |= colon >= text.length();
        if (colon >= text.length() || text.charAt(colon) == '>') {
            return null;
        }
        String route = text.subSequence(at, colon).toString().strip();
        at = colon + 1;
        return route;
    }

    /// Text up to one of the stop characters, without quotes, comments and blanks.
    private String until(String stops) {
        StringBuilder part = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (stops.indexOf(c) >= 0) {
                break;
            }
            int close = c == '"' && !quotesOver ? closingQuote(at + 1) : -1;
            if (c == '(') {
                comment = comment();
            } else if (close >= 0) {
                int kept = phrase.length();
                unquote(at + 1, close);
                part.append(phrase, kept, phrase.length());
                phrase.setLength(kept);
                at = close + 1;
            } else {
                quotesOver |= c == '"';
                if (!RawText.isSpace(c)) {
                    part.append(c);
                }
                at++;
            }
        }
        return part.toString();
    }

    /// `local@host`, perhaps with a comment for a name. False when it turns out to be the display name of `<...>`.
    private boolean plainAddress() {
        at++;
        skipBlanks();
        String host = host();
        String words = phrase.toString();
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '<') {
            phrase.append('@').append(host);
            gap = false;
            return false;
        }
        String name = lastWord > 0 ? words.substring(0, lastWord).strip() : "";
        emit(name, null, withoutBlanksAtDots(words.substring(lastWord)), host);
        return true;
    }

    private String host() {
        StringBuilder host = new StringBuilder();
        boolean literal = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (!literal && ",;<>(\":@".indexOf(c) >= 0) {
                break;
            }
            if (RawText.isSpace(c)) {
                int next = at;
                while (next < text.length() && RawText.isSpace(text.charAt(next))) {
                    next++;
                }
                boolean dotted = next < text.length() && text.charAt(next) == '.'
                        || !host.isEmpty() && host.charAt(host.length() - 1) == '.';
                at = next;
                if (!dotted && !literal) {
                    break;
                }
                continue;
            }
            literal = c == '[' || literal && c != ']';
            host.append(c);
            at++;
        }
        return host.toString();
    }

    private static String withoutBlanksAtDots(String local) {
        return local.indexOf(' ') < 0 ? local : local.replace(" .", ".").replace(". ", ".");
    }

    /// Words that were no address: a mailbox without host, as in `To: undisclosed recipients`.
    private void bareWords() {
        if (!phrase.isEmpty()) {
            emit("", null, phrase.toString(), "");
        }
    }

    private void emit(String name, @Nullable String route, String mailbox, String host) {
        skipToSeparator();
        String shown = name.isEmpty() && comment != null ? comment : name;
        found.add(new Address(shown.isEmpty() ? null : shown, route, mailbox, host));
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '(') {
                comment = comment();
            } else if (RawText.isSpace(c)) {
                at++;
            } else {
                return;
            }
        }
    }

    private void skipToSeparator() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ',' || c == ';') {
                return;
            }
            int close = c == '"' && !quotesOver ? closingQuote(at + 1) : -1;
            if (c == '(') {
                comment = comment();
            } else if (close >= 0) {
                at = close + 1;
            } else {
                quotesOver |= c == '"';
                at++;
            }
        }
    }
}
