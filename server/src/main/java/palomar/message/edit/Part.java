package palomar.message.edit;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.message.DecodedContent;
import palomar.message.MimeEntity;

/// One entity of a message in one version of it: the message itself, a body part, or the message inside a
/// message/rfc822 part. Never changes; an edit makes others. One thread.
public final class Part {
    private static final byte[] CRLF = {'\r', '\n'};

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

    /// Lower case; what is nested too deep to be opened is `application/octet-stream`. Edits of the message's own
    /// header fields do not change it. RFC 5293 7
    public String type() throws IOException {
        return stretch.entity().type();
    }

    public String subtype() throws IOException {
        return stretch.entity().subtype();
    }

    public boolean isMultipart() throws IOException {
        return stretch.entity().isMultipart();
    }

    /// Does it hold a whole message, its only child?
    public boolean isMessage() throws IOException {
        return stretch.entity().isMessage();
    }

    public boolean isText() throws IOException {
        return type().equals("text");
    }

    /// Bytes of its header as it came, the empty line included.
    long headerBytes() throws IOException {
        return stretch.headerSize();
    }

    /// Does an empty line follow its header? RFC 5173 4
    boolean hasBody() throws IOException {
        return header != null && header.isClosed() || stretch.hasBody();
    }

    /// Bytes as they would be sent, header included.
    public long size() throws IOException {
        return bytes().size();
    }

    /// What the part holds, for a part without children: its body, to be decoded as its header said when it came.
    public DecodedContent content() throws IOException {
        MimeEntity entity = stretch.entity();
        return new DecodedContent(body(), entity.encoding(), entity.charset());
    }

    /// The text of the part for a variable, line ends as they are. Empty when it has children, when its transfer
    /// encoding or its charset is not known, or when it is malformed. RFC 5703 7
    ///
    /// @param first at most so many characters
    public String extractText(int first) throws IOException {
        return isMultipart() || isMessage() ? "" : ExtractedText.of(content(), first);
    }

    /// Of a multipart that has parts.
    List<String> boundary() throws IOException {
        Optional<Field> type = isMultipart() ? stretch.header().first(Replacement.CONTENT_TYPE) : Optional.empty();
        return type.map(field -> field.content().parameter("boundary")).stream().toList();
    }

    /// What stands between its children and around them, and is neither theirs nor a delimiter: the prologue and
    /// the epilogue of a multipart.
    List<ByteSource> margins() throws IOException {
        MimeEntity entity = stretch.entity();
        if (entity.children().isEmpty()) {
            return List.of(stretch.body());
        }
        long first = entity.children().getFirst().offset() - entity.offset();
        long last = entity.children().getLast().end() - entity.offset();
        return Margins.of(
                stretch.slice(stretch.headerSize(), first - stretch.headerSize()),
                stretch.slice(last, entity.size() - last));
    }

    /// This part and those inside it, each before its own: `:anychild`. RFC 5703 4.1
    public List<Part> withDescendants() throws IOException {
        List<Part> found = new ArrayList<>();
        collect(found);
        return found;
    }

    private void collect(List<Part> found) throws IOException {
        found.add(this);
        for (Part child : children()) {
            child.collect(found);
        }
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
            pieces.add(ByteSource.of(ended(header).bytes()));
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

    /// A broken header may end at a delimiter instead of an empty line. Once it was edited nothing may say any
    /// more that
    /// this is one, so that the empty line is put in.
    private Header ended(Header edited) throws IOException {
        boolean open = !edited.isClosed()
                && stretch.restOfHeader().size() == 0
                && stretch.body().size() > 0;
        return open ? edited.close() : edited;
    }

    private void addBodyTo(List<ByteSource> pieces, List<Part> edited) throws IOException {
        MimeEntity entity = stretch.entity();
        long at = stretch.headerSize();
        for (int i = 0; i < edited.size(); i++) {
            MimeEntity child = entity.children().get(i);
            long from = child.offset() - entity.offset();
            addGap(
                    pieces,
                    stretch.slice(at, from - at),
                    i > 0 && !edited.get(i - 1).isUntouched());
            edited.get(i).addTo(pieces);
            at = from + child.size();
        }
        addGap(pieces, stretch.slice(at, entity.size() - at), true);
    }

    /// A delimiter stands on a line of its own, also behind a part whose last line has no end now.
    private static void addGap(List<ByteSource> pieces, ByteSource gap, boolean afterEdit) throws IOException {
        if (afterEdit && gap.size() > 0 && first(gap) == '-' && !endsLine(pieces)) {
            pieces.add(ByteSource.of(CRLF));
        }
        pieces.add(gap);
    }

    private static int first(ByteSource gap) throws IOException {
        try (InputStream in = gap.open(0, 1)) {
            return in.read();
        }
    }

    private static boolean endsLine(List<ByteSource> pieces) throws IOException {
        ByteSource last = JoinedSource.of(pieces);
        try (InputStream in = last.open(last.size() - 1, 1)) {
            return last.size() == 0 || in.read() == '\n';
        }
    }
}
