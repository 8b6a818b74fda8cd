package palomar.message.edit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import palomar.bytes.ByteSource;
import palomar.message.AddrSpec;

/// Makes the entity that takes the place of another. RFC 5703 5, RFC 6558 2
///
/// A message keeps its fields but for those that tell of its content; a body part has no others.
final class Replacement {
    static final FieldName CONTENT_TYPE = FieldName.of("Content-Type");
    private static final FieldName ENCODING = FieldName.of("Content-Transfer-Encoding");
    private static final FieldName MIME_VERSION = FieldName.of("MIME-Version");
    private static final FieldName SUBJECT = FieldName.of("Subject");
    private static final FieldName FROM = FieldName.of("From");
    private static final FieldName LINES = FieldName.of("Lines");
    /// What is no longer true of other content.
    private static final List<FieldName> OF_CONTENT =
            List.of(CONTENT_TYPE, ENCODING, FieldName.of("Content-MD5"), FieldName.of("Content-Length"), LINES);

    private final Part replaced;
    /// A message, not a body part.
    private final boolean message;
    private final List<String> boundaries;

    /// @param boundaries of the multiparts around the part
    Replacement(Part replaced, boolean message, List<String> boundaries) {
        this.replaced = replaced;
        this.message = message;
        this.boundaries = boundaries;
    }

    Part text(String text) throws IOException {
        TextBody body = TextBody.of(text, boundaries);
        return part(body.fields(), body.bytes());
    }

    /// @param entity header and content, as one text
    Part entity(String entity) throws IOException {
        String lines = TextBody.crlf(entity);
        Set<String> own = new LinkedHashSet<>();
        collectBoundaries(Part.of(ByteSource.of(lines.getBytes(StandardCharsets.UTF_8))), own);
        for (String each : own) {
            lines = Delimiters.rename(lines, each, boundaries);
        }
        Part given = Part.of(ByteSource.of(Delimiters.indent(lines.getBytes(StandardCharsets.UTF_8), boundaries)));
        if (!message) {
            Header header = given.header().close();
            // what has no type is a message in a multipart/digest
            boolean typed = header.has(CONTENT_TYPE);
            return given.with(typed ? header : header.with(Field.of("Content-Type", "text/plain"), true));
        }
        List<Field> content =
                given.header().fields().stream().filter(Replacement::isOfMime).toList();
        return assemble(header(content), given.body());
    }

    private static void collectBoundaries(Part part, Set<String> found) throws IOException {
        found.addAll(part.boundary());
        for (Part child : part.children()) {
            collectBoundaries(child, found);
        }
    }

    /// @param type `type/subtype` and parameters
    Part converted(String type, byte[] content) throws IOException {
        boolean text = type.toLowerCase(Locale.ROOT).startsWith("text/");
        boolean plain = text && isUtf8OrAscii(type);
        TextBody body = plain ? TextBody.of(new String(content, StandardCharsets.UTF_8), boundaries) : null;
        String encoding = body == null ? "base64" : body.encoding();
        List<Field> fields = new ArrayList<>();
        for (Field field : replaced.header().fields()) {
            if (OF_CONTENT.stream().noneMatch(field::is)) {
                fields.add(field);
            }
        }
        if (message && !replaced.header().has(MIME_VERSION)) {
            fields.add(Field.of("MIME-Version", "1.0"));
        }
        fields.add(Field.of("Content-Type", type));
        fields.add(Field.of("Content-Transfer-Encoding", encoding));
        return assemble(Header.of(fields), ByteSource.of(body == null ? base64(content) : body.bytes()));
    }

    private static boolean isUtf8OrAscii(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.contains("charset=utf-8")
                || lower.contains("charset=us-ascii")
                || lower.contains("charset=\"utf-8\"");
    }

    static byte[] base64(byte[] content) {
        return java.util.Base64.getMimeEncoder(76, new byte[] {'\r', '\n'}).encode(content);
    }

    private Part part(List<Field> content, byte[] body) throws IOException {
        return assemble(message ? header(content) : Header.of(content), ByteSource.of(body));
    }

    private Header header(List<Field> content) throws IOException {
        List<Field> fields = new ArrayList<>();
        for (Field field : replaced.header().fields()) {
            if (!isOfMime(field)) {
                fields.add(field);
            }
        }
        fields.add(Field.of("MIME-Version", "1.0"));
        fields.addAll(content.stream().filter(field -> !field.is(MIME_VERSION)).toList());
        return Header.of(fields);
    }

    private static boolean isOfMime(Field field) {
        return field.is(MIME_VERSION) || field.is(LINES) || field.name().regionMatches(true, 0, "Content-", 0, 8);
    }

    /// The fields of `header` stay the objects they are: some are fixed.
    static Part assemble(Header header, ByteSource body) throws IOException {
        return Part.of(JoinedSource.of(List.of(ByteSource.of(header.bytes()), body)))
                .with(header);
    }

    /// Another Subject and From; what was there before is kept under another name. RFC 5703 5
    ///
    /// @param from a list of mailboxes; ignored when it is none
    static Header retitled(Header header, Optional<String> subject, Optional<String> from) {
        Header titled = subject.map(text -> renamed(header, SUBJECT, Field.of("Subject", text)))
                .orElse(header);
        return from.flatMap(AddrSpec::mailboxes)
                .map(list -> renamed(titled, FROM, AddressWriter.field("From", list)))
                .orElse(titled);
    }

    private static Header renamed(Header header, FieldName name, Field instead) {
        List<Field> fields = new ArrayList<>();
        boolean done = false;
        for (Field field : header.fields()) {
            if (!field.is(name)) {
                fields.add(field);
                continue;
            }
            if (!done) {
                fields.add(instead);
                done = true;
            }
            fields.add(Field.fixed("Original-" + name.text(), field));
        }
        if (!done) {
            fields.add(instead);
        }
        return Header.of(fields);
    }
}
