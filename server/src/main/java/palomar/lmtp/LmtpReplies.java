package palomar.lmtp;

import java.util.ArrayList;
import java.util.List;
import palomar.delivery.Outcome;
import palomar.mail.MailException;
import palomar.smtp.proto.SmtpPath;
import palomar.smtp.proto.SmtpReply;

/// The wording of LMTP: which code an outcome has. RFC 5321 4.2, RFC 3463
final class LmtpReplies {
    static final SmtpReply OK = SmtpReply.of(250, "2.0.0", "OK");
    static final SmtpReply GO_AHEAD = SmtpReply.of(354, "", "send the message, end it with CRLF.CRLF");
    static final SmtpReply LHLO_FIRST = SmtpReply.of(503, "5.5.1", "say LHLO first");
    static final SmtpReply MAIL_FIRST = SmtpReply.of(503, "5.5.1", "say MAIL FROM first");
    static final SmtpReply NESTED_MAIL = SmtpReply.of(503, "5.5.1", "a message is under way: say RSET first");
    static final SmtpReply NO_RECIPIENT = SmtpReply.of(503, "5.5.1", "no valid recipient");
    static final SmtpReply BDAT_BEGUN = SmtpReply.of(503, "5.5.1", "the message came in part by BDAT already");
    static final SmtpReply BINARY_NEEDS_BDAT = SmtpReply.of(503, "5.5.1", "a BINARYMIME message needs BDAT");
    static final SmtpReply NOT_SMTP = SmtpReply.of(500, "5.5.1", "this is LMTP: say LHLO");
    static final SmtpReply NOT_SUBMISSION = SmtpReply.of(502, "5.5.1", "this is LMTP: nobody logs in here");
    static final SmtpReply NEEDS_UTF8 =
            SmtpReply.of(553, "5.6.7", "an address beyond ASCII needs SMTPUTF8 at MAIL FROM");
    static final SmtpReply TOO_BIG = SmtpReply.of(552, "5.3.4", "message too big");
    static final SmtpReply TOO_MANY_RECIPIENTS = SmtpReply.of(452, "4.5.3", "too many recipients");
    static final SmtpReply TOO_MANY_ERRORS = SmtpReply.of(421, "4.7.0", "too many errors");
    static final SmtpReply BAD_XCLIENT = SmtpReply.of(501, "5.5.4", "bad attribute for XCLIENT");

    private static final int MOST_LINES = 20;
    private static final int LONGEST_LINE = 400;

    private LmtpReplies() {}

    static SmtpReply unknown(SmtpPath recipient) {
        return SmtpReply.of(550, "5.1.1", recipient + " no such user");
    }

    static SmtpReply of(SmtpPath recipient, Outcome outcome, String id, boolean fullIsTemporary) {
        return switch (outcome) {
            case Outcome.Stored stored -> SmtpReply.of(250, "2.0.0", recipient + " stored, id " + id);
            case Outcome.Handled() -> SmtpReply.of(250, "2.0.0", recipient + " taken, id " + id);
            case Outcome.Rejected(String reason) -> rejected(recipient, reason);
            case Outcome.Refused(MailException why) -> refused(recipient + " ", why, fullIsTemporary);
            case Outcome.Looping() -> SmtpReply.of(554, "5.4.6", recipient + " mail loop");
        };
    }

    /// A user's own words, on as many lines as he wrote. RFC 5429 2.2.2: what is not ASCII can't be said here.
    private static SmtpReply rejected(SmtpPath recipient, String reason) {
        List<String> lines = new ArrayList<>(List.of(recipient + " refuses this message:"));
        reason.lines().limit(MOST_LINES).forEach(line -> {
            for (int from = 0; from == 0 || from < line.length(); from += LONGEST_LINE) {
                lines.add(ascii(line.substring(from, Math.min(line.length(), from + LONGEST_LINE))));
            }
        });
        return new SmtpReply(550, "5.7.1", lines);
    }

    private static String ascii(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> plain.append(c >= ' ' && c < 0x7f ? (char) c : c == '\t' ? ' ' : '?'));
        return plain.toString();
    }

    /// A new kind of refusal does not compile until it has a line here.
    ///
    /// @param of what the text begins with, with a space behind it; or empty
    static SmtpReply refused(String of, MailException why, boolean fullIsTemporary) {
        String text = of + why.getMessage();
        return switch (why.kind()) {
            case NOT_FOUND -> SmtpReply.of(550, "5.1.1", text);
            case ALREADY_EXISTS, EXPUNGED, UNAVAILABLE, CORRUPTION -> SmtpReply.of(451, "4.3.0", text);
            case NO_PERMISSION -> SmtpReply.of(550, "5.7.1", text);
            case OVER_QUOTA -> fullIsTemporary ? SmtpReply.of(452, "4.2.2", text) : SmtpReply.of(552, "5.2.2", text);
            case LIMIT -> SmtpReply.of(552, "5.3.4", text);
            case IN_USE -> SmtpReply.of(450, "4.2.1", text);
            case DISK_FULL -> SmtpReply.of(452, "4.3.1", text);
            case CANNOT -> SmtpReply.of(554, "5.3.0", text);
            case UNKNOWN_CTE, BAD_CHARSET -> SmtpReply.of(554, "5.6.0", text);
        };
    }
}
