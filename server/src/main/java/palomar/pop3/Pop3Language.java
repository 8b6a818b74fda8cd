package palomar.pop3;

import java.util.Arrays;
import java.util.Optional;
import palomar.mail.Translation;

/// A language for what people read in replies. RFC 6856 3
public enum Pop3Language {
    ENGLISH("en", "English"),
    GERMAN("de", "Deutsch");

    private final String tag;
    private final String ownName;

    Pop3Language(String tag, String ownName) {
        this.tag = tag;
        this.ownName = ownName;
    }

    String tag() {
        return tag;
    }

    /// As those say who speak it.
    String ownName() {
        return ownName;
    }

    /// The one that a range wants, `en-CA` being served with `en`; empty when there is none. RFC 4647 3.4
    ///
    /// @param preferred what `*` means
    static Optional<Pop3Language> choose(String range, Pop3Language preferred) {
        if (range.equals("*")) {
            return Optional.of(preferred);
        }
        for (String shorter = range; !shorter.isEmpty(); shorter = withoutLastSubtag(shorter)) {
            String wanted = shorter;
            Optional<Pop3Language> found = Arrays.stream(values())
                    .filter(each -> each.tag.equalsIgnoreCase(wanted))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static String withoutLastSubtag(String range) {
        int hyphen = range.lastIndexOf('-');
        return hyphen < 0 ? "" : range.substring(0, hyphen);
    }

    /// A text of the server in this language; what is not known stays English.
    String words(String english) {
        return switch (this) {
            case ENGLISH -> english;
            case GERMAN -> German.TRANSLATION.words(english);
        };
    }

    /// Read when the first client wants it.
    private static final class German {
        private static final Translation TRANSLATION = new Translation(Pop3GermanTexts.TABLE);
    }
}
