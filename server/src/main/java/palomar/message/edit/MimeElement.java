package palomar.message.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.message.ContentField;

/// What a test with `:mime` looks at in a field. RFC 5703 4.1
public enum MimeElement {
    TYPE,
    SUBTYPE,
    CONTENTTYPE;

    private static final FieldName DISPOSITION = FieldName.of("Content-Disposition");

    /// By its name without the colon, in any case.
    public static Optional<MimeElement> named(String name) {
        for (MimeElement element : values()) {
            if (element.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    /// As it is written; null when the field can't be read, so that it matches nothing and counts for nothing.
    /// Empty for fields that have no such element.
    public @Nullable String of(Field field) {
        ContentField content = field.content();
        if (field.is(Replacement.CONTENT_TYPE)) {
            if (content.type().isEmpty()) {
                return null;
            }
            return switch (this) {
                case TYPE -> content.type();
                case SUBTYPE -> content.subtype();
                case CONTENTTYPE -> content.value();
            };
        }
        if (field.is(DISPOSITION) && this != SUBTYPE) {
            return content.value().isEmpty() ? null : content.value();
        }
        return "";
    }

    /// The values of all parameters with one of these names (`:param`), decoded. RFC 2231
    public static List<String> parameters(Field field, List<String> names) {
        List<String> found = new ArrayList<>();
        for (String name : names) {
            String text = field.content().text(name.toLowerCase(Locale.ROOT));
            if (text != null) {
                found.add(text);
            }
        }
        return found;
    }
}
