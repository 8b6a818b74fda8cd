package palomar.message.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.message.RawText;

/// The ids that tie a reply to what it answers. RFC 5322 3.6.4. Immutable.
///
/// @param inReplyTo the id of the answered message with its brackets; empty when it has none
/// @param references ids with their brackets, the answered message last
public record ReplyIds(Optional<String> inReplyTo, List<String> references) {
    private static final FieldName MESSAGE_ID = FieldName.of("Message-ID");
    private static final FieldName IN_REPLY_TO = FieldName.of("In-Reply-To");
    private static final FieldName REFERENCES = FieldName.of("References");
    /// Of a very long thread the first and the last ids are kept.
    private static final int MOST = 20;

    /// RFC 5322 2.1.1
    private static final int LONGEST_ID = 900;

    /// For a reply to the message that has this header.
    public static ReplyIds to(Header answered) {
        Optional<String> id = ids(answered, MESSAGE_ID).stream().findFirst();
        List<String> chain = new ArrayList<>(ids(answered, REFERENCES));
        List<String> before = ids(answered, IN_REPLY_TO);
        if (chain.isEmpty() && before.size() == 1) {
            chain.addAll(before);
        }
        id.ifPresent(last -> {
            chain.remove(last);
            chain.add(last);
        });
        while (chain.size() > MOST) {
            chain.remove(1);
        }
        return new ReplyIds(id, id.isEmpty() ? List.of() : List.copyOf(chain));
    }

    /// What stands in angle brackets, blanks inside taken away.
    private static List<String> ids(Header header, FieldName name) {
        List<String> found = new ArrayList<>();
        String value = header.first(name).map(Field::value).orElse("");
        int open = value.indexOf('<');
        while (open >= 0) {
            int close = value.indexOf('>', open);
            if (close < 0) {
                return found;
            }
            String id = withoutBlanks(value.substring(value.lastIndexOf('<', close), close + 1));
            if (id.length() > 2 && id.length() < LONGEST_ID && id.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                found.add(id);
            }
            open = value.indexOf('<', close);
        }
        return found;
    }

    private static String withoutBlanks(String text) {
        StringBuilder bare = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!RawText.isSpace(text.charAt(i))) {
                bare.append(text.charAt(i));
            }
        }
        return bare.toString();
    }
}
