package palomar.storage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Predicate;
import palomar.mail.MailError;
import palomar.mail.MailException;

/// What [Attributes] holds at one moment; for stores. Immutable, as long as nobody writes into the arrays.
public final class NamedValues {
    public static final NamedValues NONE = new NamedValues(new TreeMap<>(), 0, 0);

    /// Prefixes of names whose values are annotations, which have a quota of their own.
    private static final List<String> ANNOTATIONS = List.of("metadata/", "annotate/");

    private final TreeMap<String, byte[]> values;
    private final long bytes;
    private final long annotations;

    private NamedValues(TreeMap<String, byte[]> values, long bytes, long annotations) {
        this.values = values;
        this.bytes = bytes;
        this.annotations = annotations;
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public long bytes() {
        return bytes;
    }

    /// Bytes of the values that are annotations. RFC 9208 5.4
    public long annotationBytes() {
        return annotations;
    }

    public Optional<byte[]> get(String name) {
        return Optional.ofNullable(values.get(name)).map(byte[]::clone);
    }

    /// Only those with such names; this object when that is all of them.
    public NamedValues only(Predicate<String> kept) {
        SortedMap<String, Optional<byte[]>> others = new TreeMap<>();
        for (String name : values.keySet()) {
            if (!kept.test(name)) {
                others.put(name, Optional.empty());
            }
        }
        return others.isEmpty() ? this : with(others);
    }

    /// Names of all values, in order.
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(values.navigableKeySet());
    }

    /// Copies of the values whose names begin with `prefix`.
    public SortedMap<String, byte[]> under(String prefix) {
        SortedMap<String, byte[]> found = new TreeMap<>();
        for (Map.Entry<String, byte[]> entry : values.tailMap(prefix).entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
                break;
            }
            found.put(entry.getKey(), entry.getValue().clone());
        }
        return found;
    }

    /// Those of `changes` that would make a difference, in copies of their own.
    ///
    /// Throws MailException LIMIT when the result would be against the limits of [Attributes].
    public SortedMap<String, Optional<byte[]>> different(Map<String, Optional<byte[]>> changes) {
        SortedMap<String, Optional<byte[]>> different = new TreeMap<>();
        changes.forEach((name, value) -> {
            byte[] before = values.get(name);
            boolean same = value.isPresent() ? Arrays.equals(before, value.get()) : before == null;
            if (!same) {
                requireFits(name, value);
                different.put(name, value.map(byte[]::clone));
            }
        });
        long after = with(different).bytes;
        if (after > Attributes.MAX_TOTAL && after > bytes) {
            throw new MailException(MailError.LIMIT, "too much is stored beside the mail already");
        }
        return different;
    }

    private static void requireFits(String name, Optional<byte[]> value) {
        if (name.isEmpty() || utf8Length(name) > Attributes.MAX_NAME) {
            throw new MailException(MailError.LIMIT, "the name of the value is empty or too long");
        }
        if (value.isPresent() && value.get().length > Attributes.MAX_VALUE) {
            throw new MailException(MailError.LIMIT, "the value is too long");
        }
    }

    /// These values with some changed; the arrays are taken as they are.
    public NamedValues with(Map<String, Optional<byte[]>> changes) {
        TreeMap<String, byte[]> after = new TreeMap<>(values);
        long size = bytes;
        long annotated = annotations;
        for (Map.Entry<String, Optional<byte[]>> change : changes.entrySet()) {
            byte[] before = change.getValue().isPresent()
                    ? after.put(change.getKey(), change.getValue().get())
                    : after.remove(change.getKey());
            if (isAnnotation(change.getKey())) {
                annotated -= before == null ? 0 : before.length;
                annotated += change.getValue().map(value -> value.length).orElse(0);
            }
            size -= before == null ? 0 : size(change.getKey(), before);
            size += change.getValue().map(value -> size(change.getKey(), value)).orElse(0L);
        }
        return after.isEmpty() ? NONE : new NamedValues(after, size, annotated);
    }

    private static boolean isAnnotation(String name) {
        return ANNOTATIONS.stream().anyMatch(name::startsWith);
    }

    /// What a new mailbox begins with when these are the values of its parent: the rights. RFC 4314 4: CREATE
    public SortedMap<String, Optional<byte[]>> inherited() {
        SortedMap<String, Optional<byte[]>> rights = new TreeMap<>();
        if (!values.isEmpty()) {
            under(AttributeAcl.PREFIX).forEach((name, value) -> rights.put(name, Optional.of(value)));
        }
        return rights;
    }

    /// All of it, as changes to nothing.
    public SortedMap<String, Optional<byte[]>> toChanges() {
        SortedMap<String, Optional<byte[]>> all = new TreeMap<>();
        values.forEach((name, value) -> all.put(name, Optional.of(value)));
        return all;
    }

    private static long size(String name, byte[] value) {
        return utf8Length(name) + (long) value.length;
    }

    private static int utf8Length(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
