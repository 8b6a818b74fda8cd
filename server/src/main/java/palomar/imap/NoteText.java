package palomar.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import palomar.imap.proto.AnnotationAttribute;
import palomar.imap.proto.AnnotationWriter;
import palomar.imap.proto.FetchItem;
import palomar.imap.proto.ResponseWriter;
import palomar.storage.NamedValues;

/// Answers ANNOTATION of one FETCH, for one message after the other. RFC 5257 4.3, 4.4
///
/// An entry that was named is told with NIL and 0 when it has no value; of those that a wildcard stands for only
/// those that have one of the wanted values.
final class NoteText {
    private final List<AnnotationAttribute> attributes;

    /// Names, or patterns.
    private final List<Object> wanted = new ArrayList<>();

    private final boolean priv;
    private final boolean shared;

    NoteText(FetchItem.AnnotationItem item) {
        this.attributes = item.attributes();
        this.shared = attributes.stream().anyMatch(AnnotationAttribute::isShared);
        this.priv = attributes.stream().anyMatch(each -> !each.isShared());
        for (String entry : item.entries()) {
            boolean wild = entry.indexOf('*') >= 0 || entry.indexOf('%') >= 0;
            wanted.add(wild ? new ListPattern("", entry) : entry);
        }
    }

    /// Entries to be told of a message.
    Set<String> entries(NamedValues values) {
        Set<String> found = new LinkedHashSet<>();
        for (Object each : wanted) {
            if (each instanceof ListPattern pattern) {
                found.addAll(matching(pattern, values));
            } else {
                found.add((String) each);
            }
        }
        return found;
    }

    private SortedSet<String> matching(ListPattern pattern, NamedValues values) {
        SortedSet<String> found = new TreeSet<>();
        for (String name : values.names()) {
            String entry = MessageNotes.entry(name);
            boolean asked = MessageNotes.isShared(name) ? shared : priv;
            if (asked && pattern.matches(entry)) {
                found.add(entry);
            }
        }
        return found;
    }

    /// The item with its values.
    ///
    /// @param entries at least one
    void write(ResponseWriter out, NamedValues values, Set<String> entries) throws IOException {
        List<AnnotationWriter.Entry> all = new ArrayList<>();
        for (String entry : entries) {
            all.add(new AnnotationWriter.Entry(
                    entry, MessageNotes.get(values, entry, false), MessageNotes.get(values, entry, true)));
        }
        new AnnotationWriter(out).values(all, attributes);
    }
}
