package palomar.acl;

import java.util.function.UnaryOperator;

/// What SETACL does to an entry: `+te`, `-w`, `lrs`. RFC 4314 3.1
public record RightsChange(Kind kind, Rights rights) implements UnaryOperator<Rights> {
    public enum Kind {
        ADD,
        REMOVE,
        REPLACE
    }

    /// A change, or why a text is none.
    public sealed interface Parsed {}

    public record Valid(RightsChange change) implements Parsed {}

    public record Invalid(String why) implements Parsed {}

    public static Parsed parse(String text) {
        boolean signed = text.startsWith("+") || text.startsWith("-");
        Rights rights = Rights.NONE;
        for (int i = signed ? 1 : 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter >= 'A' && letter <= 'Z') {
                return new Invalid("uppercase rights are not allowed");
            }
            if (Rights.of(letter).isEmpty()) {
                boolean plain = letter > ' ' && letter < 0x7f;
                return new Invalid(plain ? "there is no right " + letter : "rights are lowercase letters");
            }
            rights = rights.plus(Rights.of(letter).get());
        }
        Kind kind = !signed ? Kind.REPLACE : text.charAt(0) == '+' ? Kind.ADD : Kind.REMOVE;
        return new Valid(new RightsChange(kind, rights));
    }

    @Override
    public Rights apply(Rights before) {
        return switch (kind) {
            case ADD -> before.plus(rights);
            case REMOVE -> before.minus(rights);
            case REPLACE -> rights;
        };
    }
}
