package palomar.config;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Permission bits of a file, written in octal as `chmod` takes them: `0660`.
///
/// @param bits 0 to 0777 (octal)
public record FileMode(int bits) {

    /// Empty: not three octal digits, with or without a leading zero.
    static Optional<FileMode> parse(String text) {
        String digits = text.length() == 4 && text.charAt(0) == '0' ? text.substring(1) : text;
        if (digits.length() != 3) {
            return Optional.empty();
        }
        int bits = 0;
        for (int i = 0; i < 3; i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 7) {
                return Optional.empty();
            }
            bits = bits << 3 | digit;
        }
        return Optional.of(new FileMode(bits));
    }

    public Set<PosixFilePermission> permissions() {
        EnumSet<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values(); // owner r w x, group r w x, others r w x
        for (int i = 0; i < all.length; i++) {
            if ((bits & 0400 >> i) != 0) {
                set.add(all[i]);
            }
        }
        return set;
    }

    @Override
    public String toString() {
        return "0" + (bits >> 6 & 7) + (bits >> 3 & 7) + (bits & 7);
    }
}
