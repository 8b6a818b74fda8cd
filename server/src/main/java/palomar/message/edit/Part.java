package palomar.message.edit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.message.MimeEntity;

/// One entity of a message in one version of it: the message itself, a body part, or the message inside a
/// message/rfc822 part. Never changes; an edit makes others. One thread.
public final class Part {
    private final Stretch stretch;
    /// When it was edited.
    private final @Nullable Header header;
    /// When one of them was edited: as many as the stretch has.
    private final @Nullable List<Part> children;

    private Part(Stretch stretch, @Nullable Header header, @Nullable List<Part> children) {
        this.stretch = stretch;
        this.header = header;
        this.children = children;
    }

    static Part of(Stretch stretch) {
        return new Part(stretch, null, null);
    }

    static Part of(ByteSource entity) {
        return of(Stretch.of(entity));
    }

    boolean isUntouched() {
        return header == null && children == null;
    }

    Part with(Header edited) {
        return new Part(stretch, edited, children);
    }

    Part withChild(int index, Part child) throws IOException {
        List<Part> edited = new ArrayList<>(children());
        edited.set(index, child);
        return new Part(stretch, header, List.copyOf(edited));
    }

    public Header header() throws IOException {
        return header != null ? header : stretch.header();
    }

    /// The parts of a multipart, or the message in a message/rfc822 part.
    public List<Part> children() throws IOException {
        return children != null ? children : stretch.children();
    }

    /// The bytes as they would be sent, header included; what was not edited is referred to, not copied.
    public ByteSource bytes() throws IOException {
        if (isUntouched()) {
            return stretch.bytes();
        }
        List<ByteSource> pieces = new ArrayList<>();
        addTo(pieces);
        return JoinedSource.of(pieces);
    }

    /// What stands behind the header, still encoded for transfer.
    public ByteSource body() throws IOException {
        if (children == null) {
            return stretch.body();
        }
        List<ByteSource> pieces = new ArrayList<>();
        addBodyTo(pieces, children);
        return JoinedSource.of(pieces);
    }

    private void addTo(List<ByteSource> pieces) throws IOException {
        if (isUntouched()) {
            pieces.add(stretch.bytes());
            return;
        }
        if (header != null) {
            pieces.add(ByteSource.of(header.bytes()));
            pieces.add(stretch.restOfHeader());
        } else {
            pieces.add(stretch.slice(0, stretch.headerSize()));
        }
        if (children == null) {
            pieces.add(stretch.body());
        } else {
            addBodyTo(pieces, children);
        }
    }

    private void addBodyTo(List<ByteSource> pieces, List<Part> edited) throws IOException {
        MimeEntity entity = stretch.entity();
        long at = stretch.headerSize();
        for (int i = 0; i < edited.size(); i++) {
            MimeEntity child = entity.children().get(i);
            long from = child.offset() - entity.offset();
            pieces.add(stretch.slice(at, from - at));
            edited.get(i).addTo(pieces);
            at = from + child.size();
        }
        pieces.add(stretch.slice(at, entity.size() - at));
    }
}
