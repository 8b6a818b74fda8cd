package palomar.message.edit;

import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;

/// A message in the hands of a script: what its tests see now, and what its actions send. RFC 5293 7, RFC 5703
///
/// Only the header is read at first, and never more than that unless somebody asks for parts. One thread.
public final class EditedMessage {
    private final Part original;
    private Part root;
    /// Of the root.
    private Header header;

    private @Nullable MessageVersion version;

    private EditedMessage(Part original, Part root) throws IOException {
        this.original = original;
        this.root = root;
        this.header = root.header();
    }

    /// @param message lines ending in CRLF; must stay readable
    public static EditedMessage of(ByteSource message) throws IOException {
        Part root = Part.of(message);
        return new EditedMessage(root, root);
    }

    /// Another message in the same state, edited apart from this one.
    public EditedMessage fork() throws IOException {
        return new EditedMessage(original, root);
    }

    /// The header of the message as it is now.
    public Header header() {
        return header;
    }

    /// The message itself as a part.
    public Part root() {
        return root;
    }

    /// True while nothing was edited.
    public boolean isOriginal() {
        return root == original;
    }

    /// Bytes of the message as it is now.
    public long size() throws IOException {
        return version().content().size();
    }

    /// The message as it is now, whatever becomes of it later.
    public MessageVersion version() throws IOException {
        MessageVersion known = version;
        if (known == null) {
            known = new MessageVersion(root.bytes(), isOriginal());
            version = known;
        }
        return known;
    }

    /// The message as it came.
    public MessageVersion original() throws IOException {
        return new MessageVersion(original.bytes(), true);
    }

    /// Undoes all edits: a script that failed has changed nothing. RFC 5293 7
    public void restore() throws IOException {
        become(original);
    }

    /// Puts a new field in front of all others, or behind them. RFC 5293 4
    public void add(Field field, boolean last) {
        edit(header.with(field, last));
    }

    /// Removes fields of [#header()]; those that are fixed stay. RFC 5293 5
    public void remove(Collection<Field> fields) {
        Header left = header.without(fields);
        if (left != header) {
            edit(left);
        }
    }

    private void edit(Header edited) {
        header = edited;
        root = root.with(edited);
        version = null;
    }

    private void become(Part other) throws IOException {
        header = other.header();
        root = other;
        version = null;
    }
}
