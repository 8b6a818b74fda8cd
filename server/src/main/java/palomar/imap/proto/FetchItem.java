package palomar.imap.proto;

import java.util.List;
import java.util.Optional;

/// One thing that FETCH asks of a message, in the client's order. RFC 9051 6.4.5. Macros (ALL, FAST, FULL) are
/// already spelled out.
public sealed interface FetchItem {
    FetchItem UID = new UidItem();
    FetchItem FLAGS = new FlagsItem();
    FetchItem MODSEQ = new ModSeqItem();

    /// Does answering it set `\Seen`?
    default boolean impliesSeen() {
        return false;
    }

    /// UID; added by the reader to every UID FETCH, but not after ENABLE UIDONLY.
    record UidItem() implements FetchItem {}

    record FlagsItem() implements FetchItem {}

    record InternalDateItem() implements FetchItem {}

    /// RFC822.SIZE
    record SizeItem() implements FetchItem {}

    record EnvelopeItem() implements FetchItem {}

    /// What the store knows besides: EMAILID, SAVEDATE, PREVIEW and so on.
    record AttributeItem(MessageAttribute attribute) implements FetchItem {}

    /// ANNOTATION. RFC 5257 4.3
    ///
    /// @param entries names, maybe with wildcards
    /// @param attributes in the order of the answer
    record AnnotationItem(List<String> entries, List<AnnotationAttribute> attributes) implements FetchItem {}

    /// MODSEQ; added by the reader to every FETCH with CHANGEDSINCE. RFC 7162 3.1.4.2
    record ModSeqItem() implements FetchItem {}

    /// BODYSTRUCTURE, or BODY without brackets.
    ///
    /// @param extended true for BODYSTRUCTURE: with extension data
    record BodyStructureItem(boolean extended) implements FetchItem {}

    /// BODY[section] and BODY.PEEK[section].
    record BodyItem(Section section, Optional<PartialRange> partial, boolean peek) implements FetchItem {
        @Override
        public boolean impliesSeen() {
            return !peek;
        }
    }

    /// RFC822, RFC822.HEADER, RFC822.TEXT: old names of BODY[], BODY.PEEK[HEADER], BODY[TEXT]. RFC 3501 6.4.5
    ///
    /// @param kind ALL, HEADER or TEXT
    record Rfc822Item(Section.Kind kind) implements FetchItem {
        @Override
        public boolean impliesSeen() {
            return kind != Section.Kind.HEADER;
        }
    }

    /// BINARY[part] and BINARY.PEEK[part]: the part's content without its transfer encoding. RFC 9051 6.4.5.1
    ///
    /// @param section of kind ALL
    record BinaryItem(Section section, Optional<PartialRange> partial, boolean peek) implements FetchItem {
        @Override
        public boolean impliesSeen() {
            return !peek;
        }
    }

    /// BINARY.SIZE[part]: the decoded size in bytes.
    ///
    /// @param section of kind ALL
    record BinarySizeItem(Section section) implements FetchItem {}
}
