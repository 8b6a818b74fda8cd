package palomar.message.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.message.RawText;

/// What a multipart/report says. RFC 6522. Immutable.
///
/// @param type report-type, as in `disposition-notification`
/// @param explanation for people
/// @param subtype of the part for programs: its type is `message/` and this
/// @param groups fields of that part, in groups with an empty line between each two
/// @param about the message that the report is about
public record Report(String type, String explanation, String subtype, List<List<Field>> groups, Subject about) {

    /// The message that is reported on.
    ///
    /// @param recipient address to which it was delivered
    /// @param originalRecipient as its sender gave it, as in `rfc822;bob@example.com`
    /// @param messageId its Message-ID, brackets included
    /// @param headerOnly the report has only its header
    public record Subject(
            String recipient,
            Optional<String> originalRecipient,
            Optional<String> messageId,
            ByteSource message,
            boolean headerOnly) {}

    /// The message was refused after it had been accepted: a failure MDN. RFC 8098 3.2, RFC 5429 2.2.1
    ///
    /// @param agent name of the host and the program, as in `mail.example.com; Palomar`
    public static Report refusal(String agent, String explanation, Subject about) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of("Reporting-UA", agent));
        about.originalRecipient.ifPresent(address -> fields.add(Field.of("Original-Recipient", address)));
        fields.add(Field.of("Final-Recipient", typed(about.recipient)));
        about.messageId.ifPresent(id -> fields.add(Field.of("Original-Message-ID", id)));
        fields.add(Field.of("Disposition", "automatic-action/MDN-sent-automatically; deleted"));
        String type = "disposition-notification";
        return new Report(type, explanation, type, List.of(fields), about);
    }

    /// Why a message was not delivered.
    ///
    /// @param host the reporting MTA
    /// @param status as in `5.7.1`
    /// @param diagnostic as in `smtp; 550 5.7.1 refused`; empty when there is none
    public record Failure(String host, String status, String diagnostic) {}

    /// The message was not delivered. RFC 3464
    public static Report failure(Failure why, String explanation, Subject about) {
        List<Field> recipient = new ArrayList<>();
        about.originalRecipient.ifPresent(address -> recipient.add(Field.of("Original-Recipient", address)));
        recipient.add(Field.of("Final-Recipient", typed(about.recipient)));
        recipient.add(Field.of("Action", "failed"));
        recipient.add(Field.of("Status", why.status));
        if (!why.diagnostic.isEmpty()) {
            recipient.add(Field.of("Diagnostic-Code", why.diagnostic));
        }
        List<Field> message = List.of(Field.of("Reporting-MTA", "dns; " + why.host));
        String type = "delivery-status";
        return new Report(type, explanation, type, List.of(message, recipient), about);
    }

    /// Who complains of what.
    ///
    /// @param type as in `abuse`
    /// @param agent name and version of the program, as in `Palomar/1.0`
    /// @param mailFrom envelope sender of the message, without brackets; empty when it is not known
    public record Complaint(String type, String agent, Optional<String> mailFrom) {}

    /// A complaint about the message. RFC 5965 3
    public static Report feedback(Complaint complaint, String explanation, Subject about) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of("Feedback-Type", complaint.type));
        fields.add(Field.of("User-Agent", complaint.agent));
        fields.add(Field.of("Version", "1"));
        complaint.mailFrom.ifPresent(address -> fields.add(Field.of("Original-Mail-From", "<" + address + ">")));
        fields.add(Field.of("Original-Rcpt-To", "<" + about.recipient + ">"));
        String type = "feedback-report";
        return new Report(type, explanation, type, List.of(fields), about);
    }

    /// RFC 3464 2.3.2; RFC 6533 3 for addresses beyond ASCII.
    private static String typed(String address) {
        if (RawText.isAscii(address)) {
            return "rfc822; " + address;
        }
        StringBuilder escaped = new StringBuilder("utf-8; ");
        address.codePoints().forEach(c -> {
            if (c < 0x7f && c > ' ' && c != '\\' && c != '+' && c != '=') {
                escaped.append((char) c);
            } else {
                escaped.append("\\x{")
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append('}');
            }
        });
        return escaped.toString();
    }
}
