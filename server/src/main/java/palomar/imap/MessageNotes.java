package palomar.imap;

import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import palomar.imap.proto.AnnotationKey;
import palomar.storage.Mailbox;
import palomar.storage.NamedValues;

/// Annotations of messages as the store names them, and as clients do. RFC 5257 3.2
final class MessageNotes {
    private MessageNotes() {}

    /// How the store names it.
    static String name(AnnotationKey key) {
        String scope = key.shared() ? Mailbox.SHARED_ANNOTATION : Mailbox.PRIVATE_ANNOTATION;
        return scope + key.entry().substring(1);
    }

    static Optional<byte[]> get(NamedValues values, String entry, boolean shared) {
        return values.isEmpty() ? Optional.empty() : values.get(name(new AnnotationKey(entry, shared)));
    }

    static boolean isShared(String name) {
        return name.startsWith(Mailbox.SHARED_ANNOTATION);
    }

    static String entry(String name) {
        int scope = isShared(name) ? Mailbox.SHARED_ANNOTATION.length() : Mailbox.PRIVATE_ANNOTATION.length();
        return name.substring(scope - 1);
    }

    /// Entries that have a value, in order.
    static SortedSet<String> entries(NamedValues values) {
        SortedSet<String> entries = new TreeSet<>();
        values.names().forEach(name -> entries.add(entry(name)));
        return entries;
    }

    /// Entries of which some value differs.
    static SortedSet<String> different(NamedValues before, NamedValues after) {
        SortedSet<String> entries = new TreeSet<>();
        if (before == after) {
            return entries;
        }
        SortedSet<String> names = new TreeSet<>(before.names());
        names.addAll(after.names());
        for (String name : names) {
            byte[] one = before.get(name).orElse(null);
            byte[] other = after.get(name).orElse(null);
            if (!Arrays.equals(one, other)) {
                entries.add(entry(name));
            }
        }
        return entries;
    }

    /// The part that an entry is about: `/1.2/comment`; none for the whole message and where a wildcard is in it.
    static Optional<int[]> part(String entry) {
        int end = entry.indexOf('/', 1) < 0 ? entry.length() : entry.indexOf('/', 1);
        if (end < 2 || entry.charAt(1) < '0' || entry.charAt(1) > '9') {
            return Optional.empty();
        }
        String part = entry.substring(1, end);
        if (part.indexOf('*') >= 0 || part.indexOf('%') >= 0) {
            return Optional.empty();
        }
        String[] numbers = part.split("\\.", -1);
        int[] path = new int[numbers.length];
        for (int i = 0; i < path.length; i++) {
            path[i] = Integer.parseInt(numbers[i]);
        }
        return Optional.of(path);
    }
}
