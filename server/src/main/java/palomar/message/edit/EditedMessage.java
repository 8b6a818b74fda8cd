package palomar.message.edit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.bytes.CrlfSource;

/// A message in the hands of a script: what its tests see now, and what its actions send. RFC 5293 7, RFC 5703
///
/// Only the header is read at first, and never more than that unless somebody asks for parts. One thread.
public final class EditedMessage {
    private final Part original;
    private Part root;
    /// Of the root.
    private Header header;

    private @Nullable MessageVersion version;
    private @Nullable BodyStrings body;

    /// How often the message was enclosed in another.
    private int enclosures;

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
        EditedMessage other = new EditedMessage(original, root);
        other.enclosures = enclosures;
        return other;
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

    /// Becomes another message altogether, which is an edit like others.
    ///
    /// @param other lines ending in CRLF or LF; must stay readable
    public void become(ByteSource other) throws IOException {
        become(Part.of(CrlfSource.of(other)));
    }

    /// Undoes all edits: a script that failed has changed nothing. RFC 5293 7
    public void restore() throws IOException {
        become(original);
        enclosures = 0;
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

    /// Walks all parts, the message itself first. RFC 5703 3
    public PartCursor parts() {
        return new PartCursor(this, new int[0], false);
    }

    /// The strings of the body that `body` tests look at, now. RFC 5173
    public BodyStrings body() {
        BodyStrings known = body;
        if (known == null) {
            known = new BodyStrings(root);
            body = known;
        }
        return known;
    }

    /// Puts text in the place of a part. RFC 5703 5
    public void replace(PartCursor at, String text) throws IOException {
        put(at, replacement(at.path()).text(text));
    }

    /// Puts an entity, header and content in one text, in the place of a part. RFC 5703 5
    public void replaceByEntity(PartCursor at, String entity) throws IOException {
        put(at, replacement(at.path()).entity(entity));
    }

    /// Puts other content into a part, which keeps its other fields. RFC 6558 2
    ///
    /// @param type `type/subtype` and parameters
    /// @param content as it is, not yet encoded for transfer
    public void convert(PartCursor at, String type, byte[] content) throws IOException {
        put(at, replacement(at.path()).converted(type, content));
    }

    /// Puts text in the place of all content of the message. RFC 5703 5
    ///
    /// @param subject of the message from now on
    /// @param from mailboxes of its From field; ignored when the text is no list of mailboxes
    public void replaceAll(String text, Optional<String> subject, Optional<String> from) throws IOException {
        become(replacement(new int[0]).text(text));
        if (subject.isPresent() || from.isPresent()) {
            edit(Replacement.retitled(header, subject, from));
        }
    }

    /// Puts an entity in the place of all content of the message.
    public void replaceAllByEntity(String entity) throws IOException {
        become(replacement(new int[0]).entity(entity));
    }

    /// Makes the message an attachment of a new one. RFC 5703 6
    public void enclose(Enclosure enclosure) throws IOException {
        become(enclosure.around(root));
        enclosures++;
    }

    int enclosures() {
        return enclosures;
    }

    /// The part at the end of a path of children; null when there is none.
    @Nullable
    Part at(int[] path) throws IOException {
        Part part = root;
        for (int index : path) {
            if (index >= part.children().size()) {
                return null;
            }
            part = part.children().get(index);
        }
        return part;
    }

    private Replacement replacement(int[] path) throws IOException {
        List<String> boundaries = new ArrayList<>();
        Part part = root;
        boolean message = true;
        for (int index : path) {
            boundaries.addAll(part.boundary());
            message = part.isMessage();
            part = part.children().get(index);
        }
        return new Replacement(part, message, boundaries);
    }

    private void put(PartCursor at, Part part) throws IOException {
        become(with(root, at.path(), 0, part));
        at.markReplaced();
    }

    private static Part with(Part part, int[] path, int depth, Part other) throws IOException {
        if (depth == path.length) {
            return other;
        }
        Part child = part.children().get(path[depth]);
        return part.withChild(path[depth], with(child, path, depth + 1, other));
    }

    private void edit(Header edited) {
        header = edited;
        root = root.with(edited);
        version = null;
        body = null;
    }

    private void become(Part other) throws IOException {
        header = other.header();
        root = other;
        version = null;
        body = null;
    }
}
