package palomar.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// A way to compare texts, for search and order. RFC 4790, RFC 5255 4.6
///
/// Each is told by keys: texts are equal when their keys are, and ordered as their keys' unsigned bytes.
public enum Collation {
    /// Characters are titlecased and decomposed. RFC 5051
    UNICODE_CASEMAP("i;unicode-casemap"),
    /// `a` to `z` are the same as `A` to `Z`. RFC 4790 9.2
    ASCII_CASEMAP("i;ascii-casemap"),
    /// Byte by byte. RFC 4790 9.3
    OCTET("i;octet"),
    /// By the number that digits at the start make; text without is equal to all such text, and stands last.
    /// RFC 4790 9.1
    ASCII_NUMERIC("i;ascii-numeric");

    private static final byte[] NO_NUMBER = {(byte) 0xff};

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
            case ASCII_NUMERIC -> number(text);
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

    /// The digits without leading zeros, behind their count: two bytes are enough for any header field.
    private static byte[] number(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        if (end == 0) {
            return NO_NUMBER.clone();
        }
        int start = 0;
        while (start < end && text.charAt(start) == '0') {
            start++;
        }
        int digits = Math.min(end - start, 0xfeff);
        byte[] key = new byte[2 + digits];
        key[0] = (byte) (digits >> 8);
        key[1] = (byte) digits;
        for (int i = 0; i < digits; i++) {
            key[2 + i] = (byte) text.charAt(start + i);
        }
        return key;
    }
}
