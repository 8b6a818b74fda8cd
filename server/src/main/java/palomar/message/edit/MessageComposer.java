package palomar.message.edit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palomar.bytes.ByteSource;
import palomar.message.AddrSpec;
import palomar.message.Slice;

/// Puts a message together that is to be sent: replies, notifications, reports. Fields stand in the order in which
/// they are added, those of the content behind them. Nothing comes from a clock or from chance: date, ids and
/// boundaries are given. One thread, one message.
public final class MessageComposer {
    private static final int LONGEST_BOUNDARY = 60;

    private final List<Field> fields = new ArrayList<>();

    /// A field of any text, encoded where it must be. Empty texts make no field.
    ///
    /// @param name must be [FieldName#isValid]
    public MessageComposer field(String name, String text) {
        if (!text.isBlank()) {
            fields.add(Field.of(name, text));
        }
        return this;
    }

    /// A field as another message has it.
    public MessageComposer field(Field field) {
        fields.add(field);
        return this;
    }

    public MessageComposer addresses(String name, List<AddrSpec.Mailbox> mailboxes) {
        if (!mailboxes.isEmpty()) {
            fields.add(AddressWriter.field(name, mailboxes));
        }
        return this;
    }

    public MessageComposer address(String name, AddrSpec address) {
        return addresses(name, List.of(new AddrSpec.Mailbox("", address)));
    }

    /// RFC 5322 3.6.1
    public MessageComposer date(Instant moment, ZoneId zone) {
        return field("Date", DatePart.STD11.of(HeaderDate.at(moment, zone)));
    }

    /// In-Reply-To and References, as far as there are any.
    public MessageComposer inReplyTo(ReplyIds ids) {
        ids("In-Reply-To", ids.inReplyTo().stream().toList());
        ids("References", ids.references());
        return this;
    }

    /// Ids are never encoded.
    private void ids(String name, List<String> ids) {
        if (!ids.isEmpty()) {
            List<String> items = ids.stream().map(id -> " " + id).toList();
            fields.add(Field.ofLines(FieldWriter.items(name, items), false));
        }
    }

    /// A MIME field with parameters, in the order of the map. RFC 2045 5.1, RFC 2231
    public MessageComposer content(String name, String value, Map<String, String> parameters) {
        fields.add(contentField(name, value, parameters));
        return this;
    }

    private static Field contentField(String name, String value, Map<String, String> parameters) {
        List<String> items = new ArrayList<>(List.of(" " + value));
        for (Map.Entry<String, String> each : parameters.entrySet()) {
            for (String piece : ParameterWriter.parameter(each.getKey(), each.getValue())) {
                items.set(items.size() - 1, items.getLast() + ";");
                items.add(" " + piece);
            }
        }
        return Field.ofLines(FieldWriter.items(name, items), false);
    }

    /// The message with a text.
    public ByteSource text(String text) {
        TextBody body = TextBody.of(text.isEmpty() || text.endsWith("\n") ? text : text + "\n", List.of());
        return whole(body.fields(), ByteSource.of(body.bytes()));
    }

    /// The message with an entity that somebody wrote, header and content in one text: of its header come the
    /// fields of MIME only. What has no header at all is text. RFC 5230 4.3, RFC 2045 2.4
    public ByteSource entity(String entity) throws IOException {
        String lines = TextBody.crlf(entity);
        Part given = Part.of(ByteSource.of(lines.getBytes(StandardCharsets.UTF_8)));
        List<Field> content = given.header().fields().stream()
                .filter(field -> field.name().regionMatches(true, 0, "Content-", 0, 8))
                .toList();
        if (content.isEmpty() && !given.hasBody()) {
            return text(entity);
        }
        return whole(content, given.body());
    }

    /// The message as a report. RFC 6522
    ///
    /// @param boundary new, of letters and digits; changed should the reported message have it
    public ByteSource report(Report report, String boundary) throws IOException {
        ByteSource reported = reported(report.about());
        String cut = boundary.substring(0, Math.min(boundary.length(), LONGEST_BOUNDARY));
        String limit = ContentScan.boundary(reported, cut);
        TextBody explanation = TextBody.of(report.explanation(), List.of(limit));
        String encoding = ContentScan.of(reported, limit).encoding();
        List<ByteSource> pieces = new ArrayList<>();
        pieces.add(lines("--" + limit + "\r\n"));
        pieces.add(ByteSource.of(Header.of(explanation.fields()).bytes()));
        pieces.add(ByteSource.of(explanation.bytes()));
        pieces.add(lines("\r\n--" + limit + "\r\nContent-Type: message/" + report.subtype() + "\r\n\r\n"));
        for (List<Field> group : report.groups()) {
            pieces.add(ByteSource.of(Header.of(group).bytes()));
        }
        pieces.add(lines("\r\n--" + limit + "\r\nContent-Type: "
                + (report.about().headerOnly() ? "text/rfc822-headers" : "message/rfc822")
                + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n"));
        pieces.add(reported);
        pieces.add(lines("\r\n--" + limit + "--\r\n"));
        Field type = contentField("Content-Type", "multipart/report", parameters(report.type(), limit));
        Field transfer = Field.of("Content-Transfer-Encoding", encoding);
        return whole(List.of(type, transfer), JoinedSource.of(pieces));
    }

    private static ByteSource reported(Report.Subject about) throws IOException {
        return about.headerOnly()
                ? new Slice(about.message(), 0, Part.of(about.message()).headerBytes())
                : about.message();
    }

    private static Map<String, String> parameters(String type, String boundary) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("report-type", type);
        parameters.put("boundary", boundary);
        return parameters;
    }

    private ByteSource whole(List<Field> content, ByteSource body) {
        List<Field> all = new ArrayList<>(fields);
        all.add(Field.of("MIME-Version", "1.0"));
        all.addAll(content);
        return JoinedSource.of(List.of(ByteSource.of(Header.of(all).bytes()), body));
    }

    private static ByteSource lines(String text) {
        return ByteSource.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
