package palomar.testkit;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One response of an IMAP server, as [ImapReplyParser] understood it. Immutable.
///
/// @param tag the tag, `*` or `+`
/// @param values of a data response: everything after the tag, `[23, EXISTS]`; of a status response only its
///     condition
/// @param code of a status response: what stood in brackets, empty without
/// @param text of a status response or a continuation
public record ImapReply(String tag, List<Value> values, String code, String text) {

    /// What a response is made of.
    public sealed interface Value {}

    /// An atom or a number, as sent; `BODY[HEADER.FIELDS (A B)]<0>` is one.
    public record Atom(String text) implements Value {}

    /// A quoted string or a literal.
    ///
    /// @param how `"`, `{` or `~`
    public record Text(String bytes, char how) implements Value {
        /// The content, a byte a character turned into UTF-8.
        public String utf8() {
            return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    public record Nil() implements Value {}

    public record Items(List<Value> values) implements Value {}

    /// OK, NO, BAD, BYE, PREAUTH; empty for data.
    public String condition() {
        return isStatus() ? atom(0) : "";
    }

    public boolean isStatus() {
        return !values.isEmpty()
                && values.getFirst() instanceof Atom(String word)
                && List.of("OK", "NO", "BAD", "BYE", "PREAUTH").contains(word);
    }

    /// The word that says what data this is: EXISTS, FETCH, LIST. Empty for status responses.
    public String name() {
        if (isStatus() || values.isEmpty()) {
            return "";
        }
        boolean numbered = values.size() > 1 && isNumber(atom(0));
        return atom(numbered ? 1 : 0);
    }

    /// The number in front: `* 23 EXISTS`.
    public long number() {
        return Long.parseLong(atom(0));
    }

    /// The text of an atom at a place; fails when something else is there.
    public String atom(int place) {
        return ((Atom) values.get(place)).text();
    }

    /// A text at a place, whether it came as an atom or a string.
    public String string(int place) {
        return string(values.get(place));
    }

    public static String string(Value value) {
        return switch (value) {
            case Atom(String text) -> text;
            case Text text -> text.utf8();
            case Nil nil -> "NIL";
            case Items items -> throw new IllegalStateException("a list where a string was expected: " + items);
        };
    }

    public List<Value> items(int place) {
        return ((Items) values.get(place)).values();
    }

    /// The items of a FETCH response by name, in order; fails when one comes twice.
    public Map<String, Value> fetch() {
        return pairs(items(2));
    }

    /// The items of a list of names and values.
    public static Map<String, Value> pairs(List<Value> list) {
        Map<String, Value> pairs = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i += 2) {
            if (pairs.put(string(list.get(i)), list.get(i + 1)) != null) {
                throw new IllegalStateException("twice in one response: " + list.get(i));
            }
        }
        return pairs;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
