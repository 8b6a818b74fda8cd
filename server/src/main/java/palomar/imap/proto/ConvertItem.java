package palomar.imap.proto;

import java.util.Optional;

/// One thing that CONVERT asks of a message. RFC 5259 6
public sealed interface ConvertItem {
    ConvertItem UID = new UidItem();

    /// UID; added by the reader to every UID CONVERT.
    record UidItem() implements ConvertItem {}

    /// Of one part, or of the message: the items that are about a section.
    sealed interface OfPart extends ConvertItem {
        Section section();
    }

    /// BODYPARTSTRUCTURE[part]. RFC 5259 8.2
    ///
    /// @param section of kind ALL
    record StructureItem(Section section) implements OfPart {}

    /// BINARY[part]: the converted content.
    ///
    /// @param section of kind ALL
    record BinaryItem(Section section, Optional<PartialRange> partial) implements OfPart {}

    /// BINARY.SIZE[part]: its size in bytes. RFC 5259 8.3
    ///
    /// @param section of kind ALL
    record SizeItem(Section section) implements OfPart {}

    /// AVAILABLECONVERSIONS[part]. RFC 5259 8.4
    ///
    /// @param section of kind ALL
    record AvailableItem(Section section) implements OfPart {}

    /// BODY[HEADER], BODY[part.HEADER] and BODY[part.MIME], in another charset.
    ///
    /// @param section of kind HEADER or MIME
    record HeaderItem(Section section) implements OfPart {}
}
