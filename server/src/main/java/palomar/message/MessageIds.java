package palomar.message;

import java.util.ArrayList;
import java.util.List;

/// Message ids in Message-ID, In-Reply-To and References. RFC 5322 3.6.4, RFC 5256 2.2 and 3
final class MessageIds {
    private static final int MOST = 1000;

    private MessageIds() {}

    /// What stands in angle brackets, in order, without the brackets and without quotes.
    static List<String> find(String raw) {
        List<String> ids = new ArrayList<>();
        int at = raw.indexOf('<');
        while (at >= 0 && ids.size() < MOST) {
            int close = raw.indexOf('>', at);
            if (close < 0) {
                break;
            }
            int open = raw.lastIndexOf('<', close);
            String id = normal(raw, open + 1, close);
            if (id.indexOf('@') > 0) {
                ids.add(id);
            }
            at = raw.indexOf('<', close);
        }
        return ids;
    }

    /// Blanks inside an id come from folding; quotes that aren't needed make no difference.
    private static String normal(String raw, int from, int to) {
        StringBuilder id = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            if (!RawText.isSpace(c) && c != '"') {
                id.append(c);
            }
        }
        return id.toString();
    }
}
