package palomar.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import palomar.message.ContentField.Parameter;

/// Joins parameters that were written in pieces: `name*0`, `name*1` become `name`; when one of them has percent
/// signs, as `name*0*`, all become `name*` with `charset'language'` in front. RFC 2231 3, 4.1
///
/// Pieces count from 0 without a gap; what does not fit stays as it came. A name in pieces is at the place of its
/// first one.
final class Continuations {
    private static final int MOST_PIECES = 100;

    private final Map<String, Parameter> pieces = new HashMap<>();

    private Continuations(List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            Piece piece = piece(parameter.name());
            if (piece != null) {
                pieces.putIfAbsent(key(piece.base, piece.number), parameter);
            }
        }
    }

    static List<Parameter> join(List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            Piece piece = piece(parameter.name());
            if (piece != null && piece.number == 0) {
                return new Continuations(parameters).joined(parameters);
            }
        }
        return parameters;
    }

    private List<Parameter> joined(List<Parameter> parameters) {
        // Two that are written alike are two.
        Set<Parameter> used = Collections.newSetFromMap(new IdentityHashMap<>());
        Map<Parameter, Parameter> whole = new IdentityHashMap<>();
        for (Parameter parameter : parameters) {
            Piece piece = piece(parameter.name());
            if (piece != null && piece.number == 0 && pieces.get(key(piece.base, 0)) == parameter) {
                whole.put(parameter, whole(piece.base, used));
            }
        }
        List<Parameter> all = new ArrayList<>();
        for (Parameter parameter : parameters) {
            Parameter joined = whole.get(parameter);
            if (joined != null) {
                all.add(joined);
            } else if (!used.contains(parameter)) {
                all.add(parameter);
            }
        }
        return all;
    }

    private Parameter whole(String base, Set<Parameter> used) {
        List<Parameter> row = new ArrayList<>();
        boolean extended = false;
        for (int number = 0; number < MOST_PIECES; number++) {
            Parameter piece = pieces.get(key(base, number));
            if (piece == null) {
                break;
            }
            row.add(piece);
            used.add(piece);
            extended |= piece.name().endsWith("*");
        }
        StringBuilder value = new StringBuilder();
        for (Parameter piece : row) {
            boolean encoded = piece.name().endsWith("*");
            if (extended && !encoded && value.isEmpty()) {
                // There is no charset in front.
                value.append("''");
            }
            if (extended && !encoded) {
                encode(value, piece.value());
            } else {
                value.append(piece.value());
            }
        }
        String first = row.getFirst().name();
        String name = first.substring(0, base.length());
        return new Parameter(extended ? name + "*" : name, value.toString());
    }

    /// RFC 2231 7: attribute-char stands for itself.
    private static void encode(StringBuilder out, String raw) {
        for (byte b : RawText.bytes(raw)) {
            char c = (char) (b & 0xff);
            if (c > ' ' && c < 0x7f && "*'%()<>@,;:\\\"/[]?=".indexOf(c) < 0) {
                out.append(c);
            } else {
                out.append('%');
                out.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
                out.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
    }

    private static String key(String base, int number) {
        return base + '*' + number;
    }

    /// @param base in lower case
    private record Piece(String base, int number) {}

    /// `base*number` or `base*number*`, without leading zeros; else null.
    private static @Nullable Piece piece(String name) {
        int star = name.indexOf('*');
        int end = name.endsWith("*") ? name.length() - 1 : name.length();
        if (star <= 0 || end - star < 2 || end - star > 3) {
            return null;
        }
        int number = 0;
        for (int i = star + 1; i < end; i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            number = number * 10 + c - '0';
        }
        boolean zeros = name.charAt(star + 1) == '0' && end - star > 2;
        return zeros ? null : new Piece(name.substring(0, star).toLowerCase(Locale.ROOT), number);
    }
}
