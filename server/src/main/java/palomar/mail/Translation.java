package palomar.mail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Texts for people in another language than English. What the table does not have stays as it is. Immutable,
/// safe for many threads.
public final class Translation {
    private static final String HOLE = "{}";
    /// Texts in texts in texts.
    private static final int DEEPEST = 4;

    private final Map<String, String> whole = new HashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();

    /// @param fixed what stands before, between and behind the holes
    /// @param words the translation, cut at its holes
    private record Pattern(List<String> fixed, List<String> words) {}

    /// @param table lines `English = other language`, `{}` is what differs from time to time
    public Translation(String table) {
        table.lines().forEach(line -> {
            int equals = line.indexOf(" = ");
            String english = line.substring(0, equals);
            String other = line.substring(equals + 3);
            if (english.contains(HOLE)) {
                patterns.add(new Pattern(cut(english), cut(other)));
            } else {
                whole.put(english, other);
            }
        });
    }

    private static List<String> cut(String text) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int hole = text.indexOf(HOLE); hole >= 0; hole = text.indexOf(HOLE, from)) {
            pieces.add(text.substring(from, hole));
            from = hole + HOLE.length();
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    /// The text in the other language, or as it is.
    public String words(String english) {
        String found = find(english, 0);
        return found == null ? english : found;
    }

    /// Does the table say anything of this text?
    public boolean knows(String english) {
        return find(english, 0) != null;
    }

    private @Nullable String find(String english, int depth) {
        String exact = whole.get(english);
        if (exact != null || depth == DEEPEST) {
            return exact;
        }
        for (Pattern pattern : patterns) {
            List<String> values = values(pattern.fixed, english);
            if (!values.isEmpty()) {
                return fill(pattern.words, values, depth);
            }
        }
        return inCommand(english, depth);
    }

    /// `what was wrong in UID FETCH`
    private @Nullable String inCommand(String english, int depth) {
        int in = english.lastIndexOf(" in ");
        boolean command = in > 0 && in + 4 < english.length();
        for (int i = in + 4; command && i < english.length(); i++) {
            char c = english.charAt(i);
            command = c >= 'A' && c <= 'Z' || c == ' ';
        }
        String why = command ? find(english.substring(0, in), depth + 1) : null;
        return why == null ? null : why + english.substring(in);
    }

    /// What stands in the holes; empty when the text is another one. From the end: what is fixed comes last.
    private static List<String> values(List<String> fixed, String text) {
        String last = fixed.getLast();
        if (!text.startsWith(fixed.getFirst()) || !text.endsWith(last)) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        int end = text.length() - last.length();
        for (int i = fixed.size() - 2; i > 0; i--) {
            int at = text.lastIndexOf(fixed.get(i), end - 1);
            if (at < 0 || at + fixed.get(i).length() > end) {
                return List.of();
            }
            values.addFirst(text.substring(at + fixed.get(i).length(), end));
            end = at;
        }
        int start = fixed.getFirst().length();
        if (start >= end) {
            return List.of();
        }
        values.addFirst(text.substring(start, end));
        return values;
    }

    private String fill(List<String> words, List<String> values, int depth) {
        StringBuilder out = new StringBuilder(words.getFirst());
        for (int i = 1; i < words.size(); i++) {
            String value = values.get(i - 1);
            String inner = find(value, depth + 1);
            out.append(inner == null ? value : inner).append(words.get(i));
        }
        return out.toString();
    }
}
