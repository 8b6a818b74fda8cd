package palomar.submission;

import java.util.List;
import palomar.smtp.proto.SmtpReply;

/// The wording of Submission, and how the relay's words reach the client. RFC 6409, RFC 5321 4.2, RFC 3463
final class Replies {
    static final SmtpReply OK = SmtpReply.of(250, "2.0.0", "OK");
    static final SmtpReply GO_AHEAD = SmtpReply.of(354, "", "send the message, end it with CRLF.CRLF");
    static final SmtpReply EHLO_FIRST = SmtpReply.of(503, "5.5.1", "say EHLO first");
    static final SmtpReply MAIL_FIRST = SmtpReply.of(503, "5.5.1", "say MAIL FROM first");
    static final SmtpReply NESTED_MAIL = SmtpReply.of(503, "5.5.1", "a message is under way: say RSET first");
    static final SmtpReply NO_RECIPIENT = SmtpReply.of(503, "5.5.1", "no valid recipient");
    static final SmtpReply BDAT_BEGUN = SmtpReply.of(503, "5.5.1", "the message came in part by BDAT already");
    static final SmtpReply BINARY_NEEDS_BDAT = SmtpReply.of(503, "5.5.1", "a BINARYMIME message needs BDAT");
    static final SmtpReply NOT_LMTP = SmtpReply.of(500, "5.5.1", "this is Submission: say EHLO");
    static final SmtpReply NOT_OFFERED = SmtpReply.of(502, "5.5.1", "not offered here");
    static final SmtpReply NEEDS_UTF8 =
            SmtpReply.of(553, "5.6.7", "an address beyond ASCII needs SMTPUTF8 at MAIL FROM");
    static final SmtpReply TOO_BIG = SmtpReply.of(552, "5.3.4", "message too big");
    static final SmtpReply TOO_MANY_RECIPIENTS = SmtpReply.of(452, "4.5.3", "too many recipients");
    static final SmtpReply TOO_MANY_ERRORS = SmtpReply.of(421, "4.7.0", "too many errors");
    static final SmtpReply LOG_IN_FIRST = SmtpReply.of(530, "5.7.0", "log in first: AUTH");
    static final SmtpReply ALREADY_IN = SmtpReply.of(503, "5.5.1", "you are logged in already");
    static final SmtpReply NEEDS_TLS = SmtpReply.of(538, "5.7.11", "passwords are taken under TLS only: use STARTTLS");
    static final SmtpReply NOT_YOURS = SmtpReply.of(553, "5.7.1", "you may not send from this address");
    static final SmtpReply MANY_AT_ONCE =
            SmtpReply.of(451, "4.3.2", "many of your messages are on their way; try again in a moment");
    static final SmtpReply NO_ROOM = SmtpReply.of(452, "4.3.1", "there is no room for messages; try again later");
    static final SmtpReply MESSAGES_SPENT =
            SmtpReply.of(450, "4.7.1", "you have sent many messages within an hour: try again later");
    static final SmtpReply RECIPIENTS_SPENT =
            SmtpReply.of(450, "4.7.1", "you have written to many recipients within an hour: try again later");
    static final SmtpReply NOT_VERIFIED = SmtpReply.of(252, "2.5.2", "try RCPT TO");
    static final SmtpReply BAD_ADDRESS = SmtpReply.of(501, "5.1.3", "an address that is too long or has controls");
    static final SmtpReply BAD_PARAMETER = SmtpReply.of(501, "5.5.4", "a parameter with control characters");

    private static final SmtpReply RELAY_CLOSED =
            SmtpReply.of(451, "4.4.2", "the relay closed the connection; try again later");
    private static final SmtpReply RELAY_WANTS_LOGIN =
            SmtpReply.of(451, "4.3.5", "the relay does not let this server in; try again later");
    private static final SmtpReply RELAY_NONSENSE =
            SmtpReply.of(451, "4.3.0", "the relay gave an answer that makes no sense; try again later");

    private Replies() {}

    /// An extension that is not announced, or no longer there.
    static SmtpReply noExtension(String extension, boolean announced) {
        return announced
                ? SmtpReply.of(451, "4.3.0", "the relay has no " + extension + " any more: try again later")
                : SmtpReply.of(555, "5.5.4", extension + " is not offered");
    }

    /// The relay's words, but never what would be about our own connection or the client's login: 421 is the
    /// relay's goodbye to us, 530 and the like its wish that we log in.
    static SmtpReply relayed(SmtpReply said) {
        return switch (said.code()) {
            case 421 -> RELAY_CLOSED;
            case 454, 530, 534, 535, 538 -> RELAY_WANTS_LOGIN;
            default -> said.code() >= 300 && said.code() < 400 ? RELAY_NONSENSE : withCode(said);
        };
    }

    /// We announce ENHANCEDSTATUSCODES, the relay may not. RFC 2034 4
    private static SmtpReply withCode(SmtpReply said) {
        List<String> lines = said.lines().stream()
                .map(line -> line.isEmpty() ? "(the relay says no more)" : line)
                .toList();
        String enhanced = said.enhanced().isEmpty() ? said.code() / 100 + ".0.0" : said.enhanced();
        return new SmtpReply(said.code(), enhanced, lines);
    }

    /// The relay can't be used now. Its name and what went wrong are for the log only.
    static SmtpReply away(SmtpReply trouble) {
        return trouble.enhanced().equals("4.3.2")
                ? SmtpReply.of(451, "4.3.2", "much mail is on its way just now; try again in a moment")
                : SmtpReply.of(
                        451,
                        trouble.enhanced().equals("4.4.2") ? "4.4.2" : "4.4.1",
                        "outgoing mail is not possible just now; try again later");
    }
}
