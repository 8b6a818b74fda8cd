package palomar.imap.proto;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import palomar.mail.Translation;

/// A language for what people read in answers. RFC 5255 3
public enum Language {
    /// English for people who may not know it well, in ASCII. RFC 2277 4.5
    DEFAULT("i-default"),
    ENGLISH("en"),
    GERMAN("de");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    public String tag() {
        return tag;
    }

    /// The first one that fits any of the ranges, earlier ones counting more. `en-CA` is served with `en`;
    /// `default` and `*` mean `preferred`. RFC 4647 3.4
    ///
    /// @param ranges as a client gives them
    public static Optional<Language> choose(List<String> ranges, Language preferred) {
        for (String range : ranges) {
            if (range.equalsIgnoreCase("default") || range.equals("*")) {
                return Optional.of(preferred);
            }
            for (String shorter = range; !shorter.isEmpty(); shorter = withoutLastSubtag(shorter)) {
                Optional<Language> found = of(shorter);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Language> of(String tag) {
        return Arrays.stream(values())
                .filter(each -> each.tag.equalsIgnoreCase(tag))
                .findFirst();
    }

    private static String withoutLastSubtag(String range) {
        int hyphen = range.lastIndexOf('-');
        return hyphen < 0 ? "" : range.substring(0, hyphen);
    }

    /// A text of the server in this language.
    String words(String english) {
        return switch (this) {
            case DEFAULT, ENGLISH -> english;
            case GERMAN -> German.TRANSLATION.words(english);
        };
    }

    /// May texts have other characters than ASCII's? After a LANGUAGE command they are UTF-8. RFC 5255 3.5
    boolean isUtf8() {
        return this != DEFAULT;
    }

    /// Read when the first client wants it.
    private static final class German {
        private static final Translation TRANSLATION = new Translation(GermanTexts.TABLE);
    }
}
