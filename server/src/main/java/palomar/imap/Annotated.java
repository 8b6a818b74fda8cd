package palomar.imap;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.FetchItem;
import palomar.imap.proto.ResponseWriter;
import palomar.storage.Mailbox;
import palomar.storage.NamedValues;

/// The ANNOTATION items of one FETCH, for one message after the other. An item of which there is nothing to tell
/// is left out, since the grammar has no empty list; so is a message of which nothing else was asked. RFC 5257 5
final class Annotated {
    private final Mailbox mailbox;
    private final @Nullable NoteText[] texts;
    private final @Nullable Set<String>[] entries;
    private final boolean any;
    private final boolean others;
    private NamedValues values = NamedValues.NONE;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Annotated(FetchItem[] items, Mailbox mailbox) {
        this.mailbox = mailbox;
        this.texts = new NoteText[items.length];
        this.entries = new Set[items.length];
        int count = 0;
        for (int i = 0; i < items.length; i++) {
            if (items[i] instanceof FetchItem.AnnotationItem item) {
                texts[i] = new NoteText(item);
                count++;
            }
        }
        this.any = count > 0;
        this.others = count < items.length;
    }

    /// False when there is nothing to tell of this message.
    boolean prepare(long uid) {
        if (!any) {
            return true;
        }
        values = mailbox.annotations(uid);
        boolean some = others;
        for (int i = 0; i < texts.length; i++) {
            NoteText text = texts[i];
            if (text != null) {
                Set<String> found = text.entries(values);
                entries[i] = found;
                some |= !found.isEmpty();
            }
        }
        return some;
    }

    void write(ResponseWriter out, int item) throws IOException {
        NoteText text = texts[item];
        Set<String> found = entries[item];
        if (text != null && found != null && !found.isEmpty()) {
            text.write(out, values, found);
        }
    }
}
