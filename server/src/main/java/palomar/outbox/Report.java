package palomar.outbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.bytes.LineEnds;
import palomar.smtp.client.EnvelopeOptions;
import palomar.smtp.client.EnvelopeRecipient;
import palomar.smtp.proto.SmtpReply;

/// A delivery status notification: what became of a message, for people and for programs. RFC 3464, RFC 3461 6
///
/// @param action of all its recipients
/// @param by the relay, when it is known
/// @param retryUntil when we give up, for a message that is late
record Report(
        Entry entry,
        Action action,
        List<Line> lines,
        CarrierSettings settings,
        String by,
        Instant now,
        Optional<Instant> retryUntil) {

    /// How much of a message comes back at most; then only its header does.
    private static final long MOST_RETURNED = 256 * 1024;

    private static final int MOST_HEADER = 64 * 1024;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM uuuu HH:mm:ss xx", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /// What happened. RFC 3464 2.3.3
    enum Action {
        FAILED,
        DELAYED,
        RELAYED
    }

    /// One recipient.
    record Line(EnvelopeRecipient recipient, SmtpReply reply) {}

    /// The whole message with CRLF line ends.
    byte[] print(ByteSource content) throws IOException {
        boolean full = action == Action.FAILED
                && entry.envelope().options().ret().equals(Optional.of(EnvelopeOptions.Ret.FULL))
                && entry.size() <= MOST_RETURNED;
        boolean utf8 = needsUtf8();
        String boundary = "=_" + entry.id() + "/" + action.name().toLowerCase(Locale.ROOT);
        StringBuilder text = new StringBuilder(2048);
        head(text, boundary);
        text.append("--").append(boundary).append("\r\nContent-Type: text/plain; charset=utf-8\r\n");
        text.append("Content-Transfer-Encoding: 8bit\r\n\r\n");
        explain(text);
        text.append("\r\n--").append(boundary).append("\r\nContent-Type: message/");
        text.append(utf8 ? "global-delivery-status" : "delivery-status").append("\r\n");
        text.append(utf8 ? "Content-Transfer-Encoding: 8bit\r\n\r\n" : "\r\n");
        status(text, utf8);
        text.append("\r\n--").append(boundary).append("\r\nContent-Type: ");
        text.append(full ? "message/rfc822" : "text/rfc822-headers").append("\r\n");
        text.append("Content-Transfer-Encoding: 8bit\r\n\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(full ? content.bytes() : header(content));
        all.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return all.toByteArray();
    }

    private void head(StringBuilder text, String boundary) {
        text.append("From: Mail Delivery System <")
                .append(settings.postmaster())
                .append(">\r\n");
        text.append("To: ").append(entry.envelope().sender()).append("\r\n");
        text.append("Subject: ")
                .append(
                        switch (action) {
                            case FAILED -> "Undelivered mail returned to sender";
                            case DELAYED -> "Delayed mail (still being tried)";
                            case RELAYED -> "Mail was passed on";
                        })
                .append("\r\n");
        text.append("Date: ").append(DATE.format(now)).append("\r\n");
        text.append("Message-ID: <")
                .append(entry.id())
                .append('.')
                .append(action.name().toLowerCase(Locale.ROOT));
        text.append('.')
                .append(now.toEpochMilli())
                .append('@')
                .append(settings.host())
                .append(">\r\n");
        text.append("Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n");
        text.append("Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"");
        text.append(boundary).append("\"\r\n\r\n");
    }

    private boolean needsUtf8() {
        return lines.stream().anyMatch(line -> line.recipient().address().needsUtf8());
    }

    private void explain(StringBuilder text) {
        text.append("This is the mail system at ").append(settings.host()).append(".\r\n\r\n");
        text.append(
                switch (action) {
                    case FAILED ->
                        "Your message could not be delivered to one or more recipients.\r\nIt is not tried again.\r\n";
                    case DELAYED ->
                        "Your message could not be delivered yet. It is still being tried;\r\n"
                                + "you need not send it again.\r\n";
                    case RELAYED -> "Your message was passed on to a system that may not tell you more.\r\n";
                });
        for (Line line : lines) {
            text.append("\r\n").append(line.recipient().address()).append(":\r\n    ");
            text.append(line.reply()).append("\r\n");
        }
    }

    private void status(StringBuilder text, boolean utf8) {
        entry.envelope()
                .options()
                .envelopeId()
                .ifPresent(
                        id -> text.append("Original-Envelope-Id: ").append(id).append("\r\n"));
        text.append("Reporting-MTA: dns; ").append(settings.host()).append("\r\n");
        text.append("Arrival-Date: ").append(DATE.format(entry.created())).append("\r\n");
        for (Line line : lines) {
            text.append("\r\n");
            EnvelopeRecipient recipient = line.recipient();
            recipient
                    .original()
                    .ifPresent(original -> text.append("Original-Recipient: ")
                            .append(original.replace(";", "; "))
                            .append("\r\n"));
            String type = utf8 && recipient.address().needsUtf8() ? "utf-8" : "rfc822";
            text.append("Final-Recipient: ").append(type).append("; ");
            text.append(recipient.address().address()).append("\r\n");
            text.append("Action: ")
                    .append(action.name().toLowerCase(Locale.ROOT))
                    .append("\r\n");
            text.append("Status: ").append(status(line.reply())).append("\r\n");
            if (!by.isEmpty()) {
                text.append("Remote-MTA: dns; ").append(by).append("\r\n");
            }
            text.append("Diagnostic-Code: smtp; ")
                    .append(ascii(line.reply().toString()))
                    .append("\r\n");
            text.append("Last-Attempt-Date: ").append(DATE.format(now)).append("\r\n");
            retryUntil.ifPresent(time ->
                    text.append("Will-Retry-Until: ").append(DATE.format(time)).append("\r\n"));
        }
    }

    /// The relay's own where its class fits what we report. RFC 3463
    private String status(SmtpReply reply) {
        char wanted = switch (action) {
            case FAILED -> '5';
            case DELAYED -> '4';
            case RELAYED -> '2';
        };
        String said = reply.enhanced();
        if (!said.isEmpty() && said.charAt(0) == wanted) {
            return said;
        }
        return switch (action) {
            // It failed because time was over.
            case FAILED -> reply.code() < 500 ? "4.4.7" : "5.0.0";
            case DELAYED -> "4.0.0";
            case RELAYED -> "2.0.0";
        };
    }

    private static String ascii(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        text.codePoints().map(c -> c < 0x7f ? c : '?').forEach(ascii::appendCodePoint);
        return ascii.toString();
    }

    /// The message's header with CRLF, without the empty line.
    private static byte[] header(ByteSource content) throws IOException {
        byte[] top;
        try (InputStream in = content.open(0, MOST_HEADER)) {
            top = in.readAllBytes();
        }
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        for (int at = 0; at < top.length; ) {
            int end = LineEnds.next(top, at, top.length);
            int stop = end > at && top[end - 1] == '\r' ? end - 1 : end;
            boolean cut = end == top.length;
            if (stop == at || cut && top.length == MOST_HEADER) {
                break;
            }
            header.write(top, at, stop - at);
            header.writeBytes(new byte[] {'\r', '\n'});
            at = end + 1;
        }
        return header.toByteArray();
    }
}
