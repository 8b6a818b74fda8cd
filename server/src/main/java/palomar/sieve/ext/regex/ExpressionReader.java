package palomar.sieve.ext.regex;

import palomar.sieve.match.BadKey;
import palomar.sieve.match.Comparator;

/// Reads an [Expression]. One use.
final class ExpressionReader {
    /// States of one expression.
    private static final int MOST_STATES = 20_000;
    /// Choices of one expression: alternatives, repetitions, and all that takes no character.
    private static final int MOST_CHOICES = 2_000;
    private static final int MOST_DEPTH = 64;
    /// What the library takes.
    private static final int MOST_REPEATED = 1000;

    /// A piece of the result.
    ///
    /// @param choices written out, as the states
    private record Piece(String text, long states, long choices) {}

    private final String pattern;
    private final Comparator.Folding folding;
    private int at;

    ExpressionReader(String pattern, Comparator.Folding folding) {
        this.pattern = pattern;
        this.folding = folding;
    }

    Expression read() throws BadKey {
        Piece all = alternatives(0);
        if (at < pattern.length()) {
            throw bad("unmatched ')' at character " + (at + 1));
        }
        return new Expression(all.text, (int) all.states + 1);
    }

    private Piece alternatives(int depth) throws BadKey {
        StringBuilder text = new StringBuilder();
        long states = 0;
        long choices = 0;
        while (true) {
            Piece branch = branch(depth);
            text.append(branch.text);
            states += branch.states;
            choices += branch.choices;
            if (at == pattern.length() || pattern.charAt(at) != '|') {
                return checked(new Piece(text.toString(), states, choices));
            }
            at++;
            text.append('|');
            states++;
            choices++;
        }
    }

    private Piece branch(int depth) throws BadKey {
        StringBuilder text = new StringBuilder();
        long states = 0;
        long choices = 0;
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            Piece piece = repeated(atom(depth));
            text.append(piece.text);
            states += piece.states;
            choices += piece.choices;
        }
        return checked(new Piece(text.toString(), states, choices));
    }

    private Piece atom(int depth) throws BadKey {
        char c = pattern.charAt(at);
        return switch (c) {
            case '(' -> group(depth);
            case '[' -> {
                BracketReader bracket = new BracketReader(pattern, at, folding);
                String text = bracket.read();
                at = bracket.end();
                yield one(text);
            }
            case '\\' -> escaped();
            case '.' -> taken(".");
            case '^' -> place("\\A");
            case '$' -> place("\\z");
            case '*', '+', '?', '{' -> throw bad("nothing stands before '" + c + "' at character " + (at + 1));
            default -> {
                int character = pattern.codePointAt(at);
                at += Character.charCount(character);
                yield one(literal(character));
            }
        };
    }

    /// Takes no character: on the stack as a choice.
    private Piece place(String text) {
        at++;
        return new Piece(text, 1, 1);
    }

    private Piece taken(String text) {
        at++;
        return one(text);
    }

    private static Piece one(String text) {
        return new Piece(text, 1, 0);
    }

    private Piece group(int depth) throws BadKey {
        int open = at;
        if (depth == MOST_DEPTH) {
            throw bad("more than " + MOST_DEPTH + " groups within each other");
        }
        at++;
        Piece inner = alternatives(depth + 1);
        if (at == pattern.length()) {
            throw bad("unmatched '(' at character " + (open + 1));
        }
        at++;
        return new Piece("(" + inner.text + ")", inner.states + 2, inner.choices + 2);
    }

    private Piece escaped() throws BadKey {
        at++;
        if (at == pattern.length()) {
            throw bad("nothing follows the last '\\'");
        }
        int character = pattern.codePointAt(at);
        at += Character.charCount(character);
        if (character >= '1' && character <= '9') {
            throw bad("references to groups ('\\" + (char) character + "') are not supported");
        }
        if ("wWsSdD".indexOf(character) >= 0) {
            return one("\\" + (char) character);
        }
        if ("bB<>".indexOf(character) >= 0) {
            return new Piece(character == 'B' ? "\\B" : "\\b", 1, 1);
        }
        if (BracketReader.isLetter(character) || character == '0') {
            throw bad("unknown escape '\\" + (char) character + "'");
        }
        return one(literal(character));
    }

    private String literal(int character) {
        String self = BracketReader.escape(character);
        if (folding == Comparator.Folding.UNICODE && Character.isLetter(character)) {
            return "(?i:" + self + ")";
        }
        if (folding != Comparator.Folding.ASCII || !BracketReader.isLetter(character)) {
            return self;
        }
        return "[" + self + BracketReader.escape(character ^ 0x20) + "]";
    }

    /// All quantifiers behind an atom. Of `*`, `+` and `?` those in a row are one: nothing gets deeper by them.
    private Piece repeated(Piece atom) throws BadKey {
        Piece piece = atom;
        char before = 0;
        int intervals = 0;
        while (at < pattern.length() && "*+?{".indexOf(pattern.charAt(at)) >= 0) {
            char c = pattern.charAt(at);
            if (c == '{') {
                if (++intervals > 2) {
                    throw bad("too many intervals behind each other");
                }
                piece = checked(interval(before == 0 ? piece : quantified(piece, before)));
                before = 0;
            } else {
                at++;
                before = before == 0 || before == c ? c : '*';
            }
        }
        return before == 0 ? piece : quantified(piece, before);
    }

    private static Piece quantified(Piece piece, char quantifier) {
        return new Piece("(?:" + piece.text + ")" + quantifier, piece.states + 1, piece.choices + 1);
    }

    /// `{n}`, `{n,}`, `{n,m}`, and `{,m}`.
    private Piece interval(Piece piece) throws BadKey {
        at++;
        int least = number();
        int most = least;
        if (at < pattern.length() && pattern.charAt(at) == ',') {
            at++;
            most = number();
            least = Math.max(0, least);
            most = most < 0 ? Integer.MAX_VALUE : most;
        }
        if (at == pattern.length() || pattern.charAt(at) != '}' || least < 0) {
            throw bad("expected '{n}', '{n,}' or '{n,m}' at character " + (at + 1));
        }
        at++;
        boolean open = most == Integer.MAX_VALUE;
        if (least > MOST_REPEATED || !open && most > MOST_REPEATED) {
            throw bad("more than " + MOST_REPEATED + " repetitions");
        }
        if (least > most) {
            throw bad("the first number of an interval is larger than the second");
        }
        String bounds = open ? least + "," : least + "," + most;
        long copies = open ? least + 1L : most;
        long optional = open ? 1 : most - least;
        return new Piece(
                "(?:" + piece.text + "){" + bounds + "}",
                piece.states * copies + optional + 1,
                piece.choices * copies + optional);
    }

    /// Digits; -1 when there are none.
    private int number() throws BadKey {
        int start = at;
        int number = 0;
        while (at < pattern.length() && pattern.charAt(at) >= '0' && pattern.charAt(at) <= '9') {
            number = Math.min(number * 10 + pattern.charAt(at) - '0', MOST_REPEATED + 1);
            at++;
        }
        return at == start ? -1 : number;
    }

    private Piece checked(Piece piece) throws BadKey {
        if (piece.states > MOST_STATES || piece.choices > MOST_CHOICES) {
            throw bad("it is too large");
        }
        return piece;
    }

    private BadKey bad(String why) {
        return Expression.bad(pattern, why);
    }
}
