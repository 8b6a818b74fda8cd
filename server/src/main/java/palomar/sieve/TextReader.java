package palomar.sieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.sieve.syntax.Argument;
import palomar.sieve.syntax.Position;

/// Makes a [Text] of a string in a script: encoded characters first (RFC 5228 2.4.2.4), then variables (RFC 5229
/// 3.1).
final class TextReader {
    private static final int MOST_MATCH = 32;

    private final Scope scope;
    private final Position at;
    private final String text;
    private final List<Variable> pieces = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();
    private boolean varies;

    private TextReader(Scope scope, Position at, String text) {
        this.scope = scope;
        this.at = at;
        this.text = text;
    }

    /// Reports what is wrong in it.
    static Text read(Argument.Quoted quoted, Scope scope) {
        String text = quoted.value();
        if (scope.requires("encoded-character")) {
            text = EncodedCharacters.decode(text, quoted.at(), scope);
        }
        return scope.requires("variables") && text.contains("${")
                ? new TextReader(scope, quoted.at(), text).read()
                : Text.of(quoted.at(), text);
    }

    private Text read() {
        int from = 0;
        while (from < text.length()) {
            int open = text.indexOf("${", from);
            int close = open < 0 ? -1 : nameEnd(open + 2);
            if (open < 0) {
                plain.append(text, from, text.length());
                break;
            }
            if (close < 0) {
                plain.append(text, from, open + 1);
                from = open + 1;
                continue;
            }
            plain.append(text, from, open);
            reference(text.substring(open + 2, close));
            from = close + 1;
        }
        if (!varies) {
            return Text.of(at, plain.toString());
        }
        flush();
        return Text.of(at, pieces);
    }

    /// Where the closing brace is, when what stands before it is a name; else -1.
    private int nameEnd(int from) {
        int end = text.indexOf('}', from);
        return end >= 0 && isName(text.substring(from, end)) ? end : -1;
    }

    /// RFC 5229 3: `[namespace] variable-name`, where only the last can be a number.
    private static boolean isName(String name) {
        String[] words = name.split("\\.", -1);
        for (int i = 0; i < words.length; i++) {
            boolean number = isNumber(words[i]);
            if (!number && !isIdentifier(words[i]) || number && i == 0 && words.length > 1) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static boolean isIdentifier(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !word.isEmpty();
    }

    private void reference(String name) {
        Optional<Variable> variable = isNumber(name) ? match(name) : VariableNames.find(scope, at, name);
        variable.ifPresent(found -> {
            flush();
            pieces.add(found);
            varies = true;
        });
    }

    private Optional<Variable> match(String digits) {
        int index = 0;
        for (int i = 0; i < digits.length(); i++) {
            index = Math.min(MOST_MATCH + 1, index * 10 + digits.charAt(i) - '0');
        }
        if (index > MOST_MATCH) {
            scope.error(at, "invalid match variable '" + digits + "': the largest is " + MOST_MATCH);
            return Optional.empty();
        }
        int known = index;
        return Optional.of(run -> run.frame().matched(known));
    }

    private void flush() {
        if (!plain.isEmpty()) {
            pieces.add(Variable.constant(plain.toString()));
            plain.setLength(0);
        }
    }
}
