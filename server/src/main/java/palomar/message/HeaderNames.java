package palomar.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The names in HEADER.FIELDS or HEADER.FIELDS.NOT, prepared once for a whole FETCH. Immutable.
public final class HeaderNames {
    /// So many are compared one by one.
    private static final int FEW = 12;

    private final Set<String> lowerCase;
    private final boolean not;

    /// In order.
    private final byte[][] names;
    /// Bits of the [HeaderField]s asked for.
    private final long fieldBits;
    /// Names that are known by their prefix only.
    private final byte[][] inFamilies;

    private final boolean mayBeInDigest;

    public HeaderNames(List<String> names, boolean not) {
        Set<String> lower = new LinkedHashSet<>();
        for (String name : names) {
            lower.add(name.toLowerCase(Locale.ROOT));
        }
        this.lowerCase = Set.copyOf(lower);
        this.not = not;
        this.names =
                lower.stream().map(HeaderNames::bytes).sorted(Arrays::compare).toArray(byte[][]::new);
        long bits = 0;
        boolean known = !not;
        List<byte[]> families = new ArrayList<>();
        for (byte[] name : this.names) {
            HeaderField field = HeaderField.of(name, 0, name.length);
            known &= field != null;
            bits |= field == null ? 0 : field.bit();
            if (field != null && field.keep() == HeaderField.Keep.FAMILY) {
                families.add(name);
            }
        }
        this.fieldBits = bits;
        this.mayBeInDigest = known;
        this.inFamilies = families.toArray(byte[][]::new);
    }

    /// Names in lower case.
    public Set<String> names() {
        return lowerCase;
    }

    /// True for HEADER.FIELDS.NOT.
    public boolean not() {
        return not;
    }

    /// Does a field with this name (lower case) belong to the answer?
    public boolean wants(String name) {
        return lowerCase.contains(name) != not;
    }

    /// Does a field whose name stands in `bytes[from, to)`, in any case, belong to the answer?
    boolean wants(byte[] bytes, int from, int to) {
        return (names.length > FEW ? isListed(bytes, from, to) : contains(names, bytes, from, to)) != not;
    }

    /// Are all names of the kind that digests keep?
    boolean mayBeInDigest() {
        return mayBeInDigest;
    }

    long fieldBits() {
        return fieldBits;
    }

    /// Is a line of a wanted [HeaderField] wanted itself? Of a family, only the names asked for.
    boolean isWantedLine(int field, byte[] bytes, int from, int to) {
        if (HeaderField.at(field).keep() != HeaderField.Keep.FAMILY) {
            return true;
        }
        int end = from;
        while (end < to && bytes[end] != ':' && bytes[end] != ' ' && bytes[end] != '\t') {
            end++;
        }
        return contains(inFamilies, bytes, from, end);
    }

    private boolean isListed(byte[] bytes, int from, int to) {
        int low = 0;
        int high = names.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(names[middle], bytes, from, to);
            if (order == 0) {
                return true;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return false;
    }

    private static int compare(byte[] name, byte[] bytes, int from, int to) {
        int shorter = Math.min(name.length, to - from);
        for (int i = 0; i < shorter; i++) {
            int order = name[i] - HeaderField.lower(bytes[from + i]);
            if (order != 0) {
                return order;
            }
        }
        return name.length - (to - from);
    }

    private static boolean contains(byte[][] wanted, byte[] bytes, int from, int to) {
        for (byte[] name : wanted) {
            if (HeaderField.equalsIgnoreCase(name, bytes, from, to)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
