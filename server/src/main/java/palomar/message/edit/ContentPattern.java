package palomar.message.edit;

import java.util.List;
import palomar.message.RawText;

/// Which content types a test wants. RFC 5173 5.2
///
/// @param type lower case; empty: any, or none when `never`
/// @param subtype lower case; empty: any
record ContentPattern(String type, String subtype, boolean never) {

    static ContentPattern of(String text) {
        String lower = RawText.lowerAscii(text);
        int slash = lower.indexOf('/');
        if (slash < 0) {
            return new ContentPattern(lower, "", false);
        }
        boolean odd = slash == 0 || slash == lower.length() - 1 || lower.indexOf('/', slash + 1) >= 0;
        return new ContentPattern(lower.substring(0, slash), lower.substring(slash + 1), odd);
    }

    static boolean anyMatches(List<ContentPattern> patterns, String type, String subtype) {
        for (ContentPattern each : patterns) {
            boolean typed = each.type.isEmpty() || each.type.equals(type);
            if (!each.never && typed && (each.subtype.isEmpty() || each.subtype.equals(subtype))) {
                return true;
            }
        }
        return false;
    }
}
