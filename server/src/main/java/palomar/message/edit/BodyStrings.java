package palomar.message.edit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.message.DecodedContent;

/// The strings of a message's body that a test looks at, each apart from the others. RFC 5173 5. One thread.
///
/// A message without an empty line behind its header has none at all.
public final class BodyStrings {
    private final Part root;
    private final Map<Part, List<BodyString>> known = new IdentityHashMap<>();
    private @Nullable List<BodyString> raw;
    private @Nullable List<BodyString> text;

    BodyStrings(Part root) {
        this.root = root;
    }

    /// The whole body as it stands, one string. RFC 5173 5.1
    public List<BodyString> raw() throws IOException {
        List<BodyString> made = raw;
        if (made == null) {
            made = root.hasBody() ? List.of(BodyString.raw(root.body())) : List.of();
            raw = made;
        }
        return made;
    }

    /// The parts of certain types, decoded: of multiparts the prologue and the epilogue, of parts with a message
    /// the header of that message, of others all. RFC 5173 5.2
    ///
    /// @param types `type`, `type/subtype`, or the empty text for all, in any case
    public List<BodyString> content(List<String> types) throws IOException {
        List<BodyString> found = new ArrayList<>();
        List<ContentPattern> patterns = types.stream().map(ContentPattern::of).toList();
        if (root.hasBody()) {
            collect(root, patterns, found);
        }
        return found;
    }

    /// What a reader would see: all parts of type text, HTML without its mark-up. RFC 5173 5.3
    public List<BodyString> text() throws IOException {
        List<BodyString> made = text;
        if (made == null) {
            made = new ArrayList<>();
            if (root.hasBody()) {
                collectText(root, made);
            }
            text = made;
        }
        return made;
    }

    private void collect(Part part, List<ContentPattern> patterns, List<BodyString> found) throws IOException {
        if (ContentPattern.anyMatches(patterns, part.type(), part.subtype())) {
            List<BodyString> strings = known.get(part);
            if (strings == null) {
                strings = strings(part);
                known.put(part, strings);
            }
            found.addAll(strings);
        }
        for (Part child : part.children()) {
            collect(child, patterns, found);
        }
    }

    private static List<BodyString> strings(Part part) throws IOException {
        List<Part> children = part.children();
        if (part.isMessage() && !children.isEmpty()) {
            ByteSource header = ByteSource.of(children.getFirst().header().bytes());
            return List.of(BodyString.of(new DecodedContent(header, "8bit", "")));
        }
        if (!part.isMultipart()) {
            return List.of(part.isText() ? BodyString.of(part.content()) : BodyString.bytes(part.content()));
        }
        List<BodyString> margins = new ArrayList<>();
        for (ByteSource margin : part.margins()) {
            margins.add(BodyString.of(new DecodedContent(margin, "8bit", "")));
        }
        return margins;
    }

    private static void collectText(Part part, List<BodyString> found) throws IOException {
        if (part.isText()) {
            found.add(part.subtype().equals("html") ? BodyString.html(part.content()) : BodyString.of(part.content()));
        }
        for (Part child : part.children()) {
            collectText(child, found);
        }
    }
}
