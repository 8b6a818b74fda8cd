package palomar.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.bytes.MemoryOutput;
import palomar.imap.proto.FetchItem;
import palomar.imap.proto.MessageAttribute;
import palomar.imap.proto.NulBytes;
import palomar.imap.proto.PartialRange;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.Section;
import palomar.message.Digest;
import palomar.message.LastPart;
import palomar.message.Sections;
import palomar.storage.MessageCursor;

/// The contents that one FETCH wants of one message after the other, found and, when small, read before the answer
/// begins. Lives for one command; one thread.
final class FetchContent {
    /// Up to here a content is read ahead: no announced literal breaks off because of damage. Larger ones stream.
    private static final int READ_AHEAD = 128 << 10;

    private static final int LOOK_DIGESTS = 16;
    private static final int LOOK_ROWS = 64;

    private final FetchItem[] items;
    private final LastPart last;
    private final boolean needsDigest;
    private final boolean needsContent;
    private final MemoryOutput ahead = new MemoryOutput(1024);
    private final int[] start;
    private final int[] length;
    private final @Nullable ByteSource[] sources;
    /// Where a streamed content begins, or the answer to BINARY.SIZE.
    private final long[] sizes;
    private final long[] counts;
    private @Nullable Digest digest;

    /// @param last of the session
    FetchContent(FetchItem[] items, LastPart last) {
        this.items = items;
        this.last = last;
        this.start = new int[items.length];
        this.length = new int[items.length];
        this.sources = new ByteSource[items.length];
        this.sizes = new long[items.length];
        this.counts = new long[items.length];
        boolean digests = false;
        boolean contents = false;
        for (FetchItem item : items) {
            digests |= needsDigest(item);
            contents |= needsContent(item);
        }
        this.needsDigest = digests;
        this.needsContent = contents;
    }

    /// How many messages may pass until the clock is looked at: what takes a while to read or to send, or what is
    /// printed in no time. See [Progress#more].
    static int look(List<FetchItem> items) {
        if (items.stream().anyMatch(FetchContent::needsContent)) {
            return 1;
        }
        return items.stream().anyMatch(FetchContent::needsDigest) ? LOOK_DIGESTS : LOOK_ROWS;
    }

    private static boolean needsContent(FetchItem item) {
        return switch (item) {
            case FetchItem.BodyItem _, FetchItem.Rfc822Item _, FetchItem.BinaryItem _ -> true;
            case FetchItem.BinarySizeItem _, FetchItem.AttributeItem _, FetchItem.AnnotationItem _ -> true;
            case FetchItem.EnvelopeItem _, FetchItem.BodyStructureItem _, FetchItem.UidItem _ -> false;
            case FetchItem.FlagsItem _, FetchItem.InternalDateItem _, FetchItem.SizeItem _ -> false;
            case FetchItem.ModSeqItem _ -> false;
        };
    }

    private static boolean needsDigest(FetchItem item) {
        return switch (item) {
            case FetchItem.EnvelopeItem _, FetchItem.BodyStructureItem _, FetchItem.BinaryItem _ -> true;
            case FetchItem.BinarySizeItem _ -> true;
            case FetchItem.AttributeItem(MessageAttribute attribute) -> attribute.needsDigest();
            case FetchItem.BodyItem body -> !isWhole(body.section());
            case FetchItem.Rfc822Item(Section.Kind kind) -> kind != Section.Kind.ALL;
            case FetchItem.UidItem _, FetchItem.FlagsItem _, FetchItem.InternalDateItem _ -> false;
            case FetchItem.SizeItem _, FetchItem.ModSeqItem _, FetchItem.AnnotationItem _ -> false;
        };
    }

    private static boolean isWhole(Section section) {
        return section.kind() == Section.Kind.ALL && section.path().length == 0;
    }

    /// Finds and reads what the row's answer needs.
    ///
    /// Throws MailException CORRUPTION or UNKNOWN_CTE.
    void prepare(MessageCursor row) throws IOException {
        ahead.reset();
        Digest current = needsDigest ? row.digest() : null;
        digest = current;
        if (!needsContent) {
            return;
        }
        Sections sections = null;
        for (int i = 0; i < items.length; i++) {
            switch (items[i]) {
                case FetchItem.BodyItem(Section section, Optional<PartialRange> partial, boolean _) -> {
                    if (isWhole(section)) {
                        take(i, row.content(), partial.orElse(null));
                    } else if (!fieldsFromDigest(i, section, partial.isPresent())) {
                        sections = sections == null ? sections(row) : sections;
                        take(i, find(sections, section).orElse(null), partial.orElse(null));
                    }
                }
                case FetchItem.Rfc822Item(Section.Kind kind) -> {
                    if (kind == Section.Kind.ALL) {
                        take(i, row.content(), null);
                    } else {
                        sections = sections == null ? sections(row) : sections;
                        take(i, find(sections, Section.of(kind)).orElse(null), null);
                    }
                }
                case FetchItem.BinaryItem(Section section, Optional<PartialRange> partial, boolean _) -> {
                    sections = sections == null ? sections(row) : sections;
                    take(i, sections.binary(section.path()).orElse(null), partial.orElse(null));
                }
                case FetchItem.BinarySizeItem(Section section) -> {
                    sections = sections == null ? sections(row) : sections;
                    sizes[i] = sections.binary(section.path())
                            .map(ByteSource::size)
                            .orElse(0L);
                }
                case FetchItem.EnvelopeItem _, FetchItem.BodyStructureItem _, FetchItem.UidItem _ -> {}
                case FetchItem.FlagsItem _, FetchItem.InternalDateItem _, FetchItem.SizeItem _ -> {}
                case FetchItem.ModSeqItem _, FetchItem.AttributeItem _, FetchItem.AnnotationItem _ -> {}
            }
        }
    }

    private Sections sections(MessageCursor row) {
        return new Sections(row.content(), digest(), row.guid(), last);
    }

    /// The common header fields stand in the digest: no body is opened for them.
    private boolean fieldsFromDigest(int item, Section section, boolean partial) throws IOException {
        boolean ofMessage = section.kind() == Section.Kind.HEADER_FIELDS && section.path().length == 0;
        if (!ofMessage || partial) {
            return false;
        }
        int from = ahead.size();
        if (!digest().writeHeaderFields(section.headerNames(), ahead)) {
            return false;
        }
        start[item] = from;
        length[item] = ahead.size() - from;
        sources[item] = null;
        return true;
    }

    static Optional<ByteSource> find(Sections sections, Section section) throws IOException {
        int[] path = section.path();
        return switch (section.kind()) {
            case ALL -> sections.body(path);
            case HEADER -> sections.header(path);
            case TEXT -> sections.text(path);
            case MIME -> sections.mime(path);
            case HEADER_FIELDS, HEADER_FIELDS_NOT -> sections.headerFields(section.headerNames(), path);
        };
    }

    private void take(int item, @Nullable ByteSource whole, @Nullable PartialRange range) throws IOException {
        sources[item] = null;
        length[item] = -1;
        if (whole == null) {
            return;
        }
        long from = range == null ? 0 : range.from(whole.size());
        long count = range == null ? whole.size() : range.length(whole.size());
        if (count > READ_AHEAD) {
            sources[item] = whole;
            sizes[item] = from;
            counts[item] = count;
            // Damage at the beginning shows now, when the message can still be left out.
            whole.open(from, 1).close();
            return;
        }
        start[item] = ahead.size();
        whole.writeTo(ahead, from, count);
        length[item] = ahead.size() - start[item];
        if (length[item] != count) {
            throw new IOException("content of " + count + " bytes has only " + length[item]);
        }
    }

    Digest digest() {
        if (digest == null) {
            throw new IllegalStateException("no digest was asked for");
        }
        return digest;
    }

    /// BINARY.SIZE
    long size(int item) {
        return sizes[item];
    }

    /// The content as a literal, NIL when there is no such part.
    ///
    /// @param binary may need a literal8, which alone may hold NUL
    void write(ResponseWriter out, int item, boolean binary) throws IOException {
        ByteSource large = sources[item];
        if (large != null) {
            if (binary) {
                out.literal8(large, sizes[item], counts[item]);
            } else {
                out.literal(large, sizes[item], counts[item]);
            }
            return;
        }
        if (length[item] < 0) {
            out.nil();
            return;
        }
        byte[] bytes = ahead.array();
        if (NulBytes.any(bytes, start[item], length[item])) {
            if (binary) {
                out.output().write('~');
            } else {
                NulBytes.show(bytes, start[item], length[item]);
            }
        }
        out.literal(bytes, start[item], length[item]);
    }
}
