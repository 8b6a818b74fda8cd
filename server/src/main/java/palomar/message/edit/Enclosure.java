package palomar.message.edit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.bytes.ByteSource;

/// A new message around another. RFC 5703 6. Immutable.
///
/// @param subject of the new message; empty: that of the enclosed one
/// @param copied names of fields that the new message takes from the enclosed one
/// @param own fields of the new message, as Date and From, which the caller makes; those that are copied come
///     instead
/// @param text of the new message
/// @param boundary new, up to 60 letters and digits; made longer should the enclosed message have it
public record Enclosure(
        Optional<String> subject, List<FieldName> copied, List<Field> own, String text, String boundary) {
    private static final FieldName SUBJECT = FieldName.of("Subject");
    private static final FieldName MIME_VERSION = FieldName.of("MIME-Version");

    Part around(Part message) throws IOException {
        ByteSource inside = message.bytes();
        String limit = ContentScan.boundary(inside, boundary);
        String encoding = ContentScan.of(inside, limit).encoding();
        TextBody body = TextBody.of(text, List.of(limit));
        String first = "--" + limit + "\r\n" + lines(body.fields()) + "\r\n";
        String second = "\r\n--" + limit + "\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: " + encoding
                + "\r\n\r\n";
        ByteSource content = JoinedSource.of(List.of(
                ascii(first), ByteSource.of(body.bytes()), ascii(second), inside, ascii("\r\n--" + limit + "--\r\n")));
        return Replacement.assemble(header(message.header(), limit), content);
    }

    private Header header(Header old, String limit) {
        List<Field> fields = new ArrayList<>();
        for (Field field : old.fields()) {
            if (copied.stream().anyMatch(field::is) && !isOfContent(field)) {
                fields.add(field);
            }
        }
        Header taken = Header.of(fields);
        for (Field field : own) {
            if (!taken.has(FieldName.of(field.name()))) {
                fields.add(field);
            }
        }
        if (subject.isPresent()) {
            fields.removeIf(field -> field.is(SUBJECT));
            fields.add(Field.of("Subject", subject.get()));
        } else if (!taken.has(SUBJECT)) {
            old.first(SUBJECT).ifPresent(fields::add);
        }
        fields.add(Field.of("MIME-Version", "1.0"));
        fields.add(Field.of("Content-Type", "multipart/mixed; boundary=\"" + limit + "\""));
        return Header.of(fields);
    }

    private static boolean isOfContent(Field field) {
        return field.is(MIME_VERSION) || field.name().regionMatches(true, 0, "Content-", 0, 8);
    }

    private static String lines(List<Field> fields) {
        return new String(Header.of(fields).bytes(), StandardCharsets.US_ASCII).replace("\r\n\r\n", "\r\n");
    }

    private static ByteSource ascii(String text) {
        return ByteSource.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
