package palomar.sieve.ext.imap4flags;

import java.util.ArrayList;
import java.util.List;

/// Lists of flags as scripts write them: words with blanks between them. RFC 5232 2
final class FlagWords {
    private static final List<String> SYSTEM = List.of("\\answered", "\\flagged", "\\deleted", "\\seen", "\\draft");

    private FlagWords() {}

    /// All words, each once, whatever they are.
    static List<String> split(List<String> texts) {
        List<String> words = new ArrayList<>();
        for (String text : texts) {
            int start = -1;
            for (int i = 0; i <= text.length(); i++) {
                boolean blank = i == text.length() || text.charAt(i) == ' ';
                if (blank && start >= 0) {
                    add(words, text.substring(start, i));
                    start = -1;
                } else if (!blank && start < 0) {
                    start = i;
                }
            }
        }
        return words;
    }

    /// Only words that a message can have as a flag.
    static List<String> valid(List<String> texts) {
        return split(texts).stream().filter(FlagWords::isValid).toList();
    }

    static void add(List<String> words, String word) {
        if (words.stream().noneMatch(word::equalsIgnoreCase)) {
            words.add(word);
        }
    }

    static void remove(List<String> words, String word) {
        words.removeIf(word::equalsIgnoreCase);
    }

    /// One of the system flags that a message keeps, or an atom. RFC 9051 2.3.2
    static boolean isValid(String word) {
        if (word.startsWith("\\")) {
            return SYSTEM.stream().anyMatch(word::equalsIgnoreCase);
        }
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c <= ' ' || c >= 0x7f || "(){%*\"\\]".indexOf(c) >= 0) {
                return false;
            }
        }
        return !word.isEmpty();
    }
}
