package palomar.message;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Interprets the header of one entity after another: what it is, and its share of BODYSTRUCTURE. Belongs to one
/// parser.
final class EntityReader {
    /// Bytes of BODYSTRUCTURE that header text may fill in one message; behind it only types are told.
    private static final int STRUCTURE_BUDGET = 1 << 20;
    /// Types, charsets and encodings are words; longer ones are cut.
    private static final int LONGEST_WORD = 127;

    private static final ContentField TEXT_PLAIN = new ContentField("text/plain", List.of());
    private static final ContentField MESSAGE_RFC822 = new ContentField("message/rfc822", List.of());
    private static final ContentField OPAQUE = new ContentField("application/octet-stream", List.of());

    private final @Nullable String[] values = new String[HeaderField.count()];
    /// Of the address fields that came more than once.
    private final @Nullable StringBuilder[] lists = new StringBuilder[HeaderField.SENDER.ordinal() + 1];
    private final MessageHeader messageHeader = new MessageHeader();
    private final ByteBuilder wire = new ByteBuilder(512);
    private int budget = STRUCTURE_BUDGET;
    private boolean attachment;

    /// What was found in the message's own header.
    MessageHeader messageHeader() {
        return messageHeader;
    }

    /// Did the entity read last ask not to be shown inline? RFC 2183 2.2
    boolean isAttachment() {
        return attachment;
    }

    /// Fills in `entity` from its header.
    ///
    /// @param open whether entities may still be found inside it
    /// @return the boundary of a multipart; empty when there is none
    String read(HeaderBlock header, PartNode entity, boolean open) {
        boolean root = entity.parent == null;
        collect(header, root);
        ContentField type = contentType(entity);
        classify(entity, type, open);
        ContentField disposition = disposition();
        attachment = disposition != null && disposition.value().equalsIgnoreCase("attachment");
        writeStructure(entity, entity.type.equals("application") ? opaqueUnless(entity, type) : type, disposition);
        if (entity.message) {
            entity.envelope = envelope(root);
        }
        if (root) {
            messageHeader.read(values, header.overflown());
        }
        return entity.kind == PartNode.Kind.MULTIPART ? boundary(type) : "";
    }

    /// The boundary that a header which is not complete yet has named so far; empty when it has not.
    String boundary(HeaderBlock header) {
        HeaderCursor cursor = header.cursor();
        while (cursor.next()) {
            if (HeaderField.of(header.array(), cursor.start(), cursor.nameEnd()) == HeaderField.CONTENT_TYPE) {
                ContentField type = ContentField.parse(cursor.value());
                return type.type().equalsIgnoreCase("multipart") ? boundary(type) : "";
            }
        }
        return "";
    }

    private static String boundary(ContentField type) {
        String boundary = type.parameter("boundary");
        return boundary == null || boundary.length() > Boundaries.LONGEST ? "" : boundary.stripTrailing();
    }

    private void collect(HeaderBlock header, boolean root) {
        Arrays.fill(values, null);
        Arrays.fill(lists, null);
        HeaderCursor cursor = header.cursor();
        while (cursor.next()) {
            HeaderField field = HeaderField.of(header.array(), cursor.start(), cursor.nameEnd());
            if (field == null) {
                continue;
            }
            if (root) {
                messageHeader.addLine(field, header.array(), cursor);
            }
            if (isInterpreted(field)) {
                String value = cursor.value();
                if (root && field.ordinal() < MessageHeader.FOLDED) {
                    messageHeader.fold(field, value, !header.isCutAt(cursor.end()));
                }
                add(field, value);
            }
        }
        for (int i = 0; i < lists.length; i++) {
            StringBuilder list = lists[i];
            values[i] = list == null ? values[i] : list.toString();
        }
    }

    private static boolean isInterpreted(HeaderField field) {
        return field.ordinal() <= HeaderField.CONTENT_MD5.ordinal() && field != HeaderField.REFERENCES;
    }

    /// Repeated address fields are one list; of the others the first counts.
    private void add(HeaderField field, String value) {
        int number = field.ordinal();
        String first = values[number];
        if (first == null) {
            values[number] = value;
        } else if (number < lists.length && field != HeaderField.SUBJECT) {
            StringBuilder list = lists[number];
            if (list == null) {
                list = new StringBuilder(first);
                lists[number] = list;
            }
            list.append(", ").append(value);
        }
    }

    private @Nullable String value(HeaderField field) {
        return values[field.ordinal()];
    }

    private ContentField contentType(PartNode entity) {
        String raw = value(HeaderField.CONTENT_TYPE);
        ContentField parsed = raw == null ? TEXT_PLAIN : ContentField.parse(raw);
        if (raw != null && !parsed.type().isEmpty()) {
            return parsed;
        }
        return raw == null && entity.inDigest() ? MESSAGE_RFC822 : TEXT_PLAIN;
    }

    private void classify(PartNode entity, ContentField type, boolean open) {
        entity.type = word(type.type());
        entity.subtype = word(type.subtype());
        boolean multipart = entity.type.equals("multipart");
        boolean message =
                entity.type.equals("message") && (entity.subtype.equals("rfc822") || entity.subtype.equals("global"));
        if ((multipart || message) && !open) {
            entity.type = "application";
            entity.subtype = "octet-stream";
        } else if (multipart) {
            entity.kind = PartNode.Kind.MULTIPART;
        } else if (message) {
            entity.kind = PartNode.Kind.MESSAGE;
        }
        String charset = type.text("charset");
        entity.charset = charset == null ? "" : cut(charset.strip());
        String encoding = encoding();
        entity.encoding = encoding == null ? "7bit" : word(encoding);
    }

    /// The type to show: what was too deep to be opened is shown as bytes.
    private static ContentField opaqueUnless(PartNode entity, ContentField type) {
        return word(type.type()).equals(entity.type) ? type : OPAQUE;
    }

    private @Nullable ContentField disposition() {
        String raw = value(HeaderField.CONTENT_DISPOSITION);
        ContentField parsed = raw == null ? null : ContentField.parse(raw);
        return parsed == null || parsed.value().isEmpty() ? null : parsed;
    }

    private @Nullable String encoding() {
        String raw = value(HeaderField.CONTENT_TRANSFER_ENCODING);
        String parsed = raw == null ? "" : ContentField.parse(raw).value();
        return parsed.isEmpty() ? null : parsed;
    }

    private void writeStructure(PartNode entity, ContentField type, @Nullable ContentField disposition) {
        StructureWriter.Fields fields = new StructureWriter.Fields(
                type,
                value(HeaderField.CONTENT_ID),
                value(HeaderField.CONTENT_DESCRIPTION),
                encoding(),
                value(HeaderField.CONTENT_MD5),
                disposition,
                value(HeaderField.CONTENT_LANGUAGE),
                value(HeaderField.CONTENT_LOCATION));
        wire.reset();
        StructureWriter.fields(wire, entity.kind, fields);
        int split = wire.size();
        StructureWriter.extension(wire, entity.kind, fields);
        if (wire.size() > budget) {
            wire.reset();
            StructureWriter.Fields bare = fields.bare(entity.type, entity.subtype);
            StructureWriter.fields(wire, entity.kind, bare);
            split = wire.size();
            StructureWriter.extension(wire, entity.kind, bare);
        }
        budget = Math.max(0, budget - wire.size());
        entity.fields = Arrays.copyOf(wire.array(), split);
        entity.extension = Arrays.copyOfRange(wire.array(), split, wire.size());
    }

    private byte[] envelope(boolean root) {
        wire.reset();
        int room = root ? EnvelopeWriter.MOST : Math.min(budget, EnvelopeWriter.MOST);
        EnvelopeWriter.write(wire, values, room);
        if (!root) {
            budget = Math.max(0, budget - wire.size());
        }
        return wire.toByteArray();
    }

    private static String word(String raw) {
        return cut(RawText.lowerAscii(raw));
    }

    private static String cut(String word) {
        return word.length() > LONGEST_WORD ? word.substring(0, LONGEST_WORD) : word;
    }
}
