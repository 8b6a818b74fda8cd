package palomar.message.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import palomar.message.HeaderCursor;

/// The fields of one header in their order. Immutable; an edit makes another one that shares the fields.
///
/// Looking a name up compares one number a field and makes no objects; what a field means is found out once, in
/// the [Field]. Places count from 0.
public final class Header {
    private final Field[] fields;
    private final int[] hashes;
    private final boolean closed;

    private Header(Field[] fields, boolean closed) {
        this.fields = fields;
        this.closed = closed;
        this.hashes = new int[fields.length];
        for (int i = 0; i < fields.length; i++) {
            hashes[i] = fields[i].hash();
        }
    }

    /// The fields in `bytes[0, size)`, up to the first empty line. The array must not change any more.
    static Header read(byte[] bytes, int size) {
        HeaderCursor cursor = new HeaderCursor(bytes, 0, size);
        List<Field> found = new ArrayList<>(32);
        while (cursor.next()) {
            found.add(new Field(bytes, cursor, false));
        }
        return new Header(found.toArray(Field[]::new), cursor.start() < size);
    }

    static Header of(List<Field> fields) {
        return new Header(fields.toArray(Field[]::new), true);
    }

    public int size() {
        return fields.length;
    }

    public Field field(int place) {
        return fields[place];
    }

    public List<Field> fields() {
        return Collections.unmodifiableList(Arrays.asList(fields));
    }

    /// Does an empty line follow?
    boolean isClosed() {
        return closed;
    }

    /// Place of the first field of this name at or behind `from`; -1 when there is none.
    public int next(FieldName name, int from) {
        for (int i = from; i < hashes.length; i++) {
            if (hashes[i] == name.hash() && fields[i].is(name)) {
                return i;
            }
        }
        return -1;
    }

    /// Place of the last field of this name before `end`; -1 when there is none.
    public int previous(FieldName name, int end) {
        for (int i = Math.min(end, hashes.length) - 1; i >= 0; i--) {
            if (hashes[i] == name.hash() && fields[i].is(name)) {
                return i;
            }
        }
        return -1;
    }

    public boolean has(FieldName name) {
        return next(name, 0) >= 0;
    }

    public int count(FieldName name) {
        int count = 0;
        for (int at = next(name, 0); at >= 0; at = next(name, at + 1)) {
            count++;
        }
        return count;
    }

    /// All fields of this name in their order.
    public List<Field> all(FieldName name) {
        int first = next(name, 0);
        if (first < 0) {
            return List.of();
        }
        int second = next(name, first + 1);
        if (second < 0) {
            return List.of(fields[first]);
        }
        List<Field> found = new ArrayList<>();
        found.add(fields[first]);
        for (int at = second; at >= 0; at = next(name, at + 1)) {
            found.add(fields[at]);
        }
        return found;
    }

    public Optional<Field> first(FieldName name) {
        int at = next(name, 0);
        return at < 0 ? Optional.empty() : Optional.of(fields[at]);
    }

    /// The n-th field of this name. RFC 5260 6
    ///
    /// @param n from 1
    /// @param last count from the end
    public Optional<Field> nth(FieldName name, long n, boolean last) {
        int at = last ? hashes.length : -1;
        for (long left = n; left > 0; left--) {
            at = last ? previous(name, at) : next(name, at + 1);
            if (at < 0) {
                return Optional.empty();
            }
        }
        return n < 1 ? Optional.empty() : Optional.of(fields[at]);
    }

    /// With one more field, in front of all others or behind them. RFC 5293 4
    ///
    /// A first line that is no field stays the first: it is mbox's `From ` line, or would go on with the new
    /// field.
    Header with(Field field, boolean last) {
        int place = last ? fields.length : fields.length > 0 && fields[0].name().isEmpty() ? 1 : 0;
        Field[] more = new Field[fields.length + 1];
        System.arraycopy(fields, 0, more, 0, place);
        more[place] = field;
        System.arraycopy(fields, place, more, place + 1, fields.length - place);
        return new Header(more, closed);
    }

    /// Without these fields; those that are fixed stay.
    Header without(Collection<Field> removed) {
        Set<Field> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        gone.addAll(removed);
        Field[] left = Arrays.stream(fields)
                .filter(field -> field.isFixed() || !gone.contains(field))
                .toArray(Field[]::new);
        return left.length == fields.length ? this : new Header(left, closed);
    }

    /// Without the last field, of which only a beginning was read.
    Header withoutLast() {
        return new Header(Arrays.copyOf(fields, Math.max(0, fields.length - 1)), false);
    }

    /// With an empty line behind it.
    Header close() {
        return closed ? this : new Header(fields, true);
    }

    /// Its lines, with the empty line if there is one.
    byte[] bytes() {
        int size = closed ? 2 : 0;
        for (Field field : fields) {
            size += field.size() + (field.endsLine() ? 0 : 2);
        }
        byte[] bytes = new byte[size];
        int at = 0;
        for (Field field : fields) {
            at = field.copyTo(bytes, at);
            at = field.endsLine() ? at : lineEnd(bytes, at);
        }
        if (closed) {
            lineEnd(bytes, at);
        }
        return bytes;
    }

    private static int lineEnd(byte[] bytes, int at) {
        bytes[at] = '\r';
        bytes[at + 1] = '\n';
        return at + 2;
    }
}
