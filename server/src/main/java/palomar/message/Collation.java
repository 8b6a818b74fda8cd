package palomar.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// A way to compare texts, for search and order. RFC 4790, RFC 5255 4.6
///
/// Each is told by keys: texts are equal when their keys are, ordered as their keys' unsigned bytes, and a text is
/// part of another when its key is part of the other's. Collations that can't find parts of texts, as
/// i;ascii-numeric, may not be had by SEARCH (RFC 5255 4.4).
///
/// In order of how widely they are useful. RFC 4790 3.2
public enum Collation {
    /// Characters are titlecased and decomposed. RFC 5051
    UNICODE_CASEMAP("i;unicode-casemap"),
    /// `a` to `z` are the same as `A` to `Z`. RFC 4790 9.2
    ASCII_CASEMAP("i;ascii-casemap"),
    /// Byte by byte. RFC 4790 9.3
    OCTET("i;octet");

    private final String wire;

    Collation(String wire) {
        this.wire = wire;
    }

    /// Its name in the registry.
    public String wire() {
        return wire;
    }

    /// By its name, which is the same in any case.
    public static Optional<Collation> of(String name) {
        return Arrays.stream(values())
                .filter(each -> each.wire.equalsIgnoreCase(name))
                .findFirst();
    }

    /// What stands for a text in comparisons; empty for the empty text, which comes before all others.
    public byte[] key(String text) {
        return switch (this) {
            case UNICODE_CASEMAP -> CaseFold.foldToUtf8(text);
            case ASCII_CASEMAP -> upper(text.getBytes(StandardCharsets.UTF_8));
            case OCTET -> text.getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] upper(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (text[i] >= 'a' && text[i] <= 'z') {
                text[i] -= 32;
            }
        }
        return text;
    }
}
