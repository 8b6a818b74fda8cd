package palomar.smtp.proto;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Everything a client can say. RFC 5321 4.1.1, RFC 2033 4
public sealed interface SmtpCommand {

    /// LHLO, EHLO or HELO. RFC 2033 4.1, RFC 5321 4.1.1.1
    ///
    /// @param client its name or address literal as given: printable, no spaces
    record Hello(Verb verb, String client) implements SmtpCommand {
        /// Which greeting it was.
        public enum Verb {
            LHLO,
            EHLO,
            HELO
        }
    }

    /// MAIL FROM. RFC 5321 4.1.1.2
    ///
    /// @param size the announced size in bytes: RFC 1870 6
    /// @param utf8 SMTPUTF8 was given: RFC 6531 3.4
    /// @param dsn what the sender wants to see in reports: RFC 3461 4.3 and 4.4
    /// @param wishes what only a relay can grant; always empty in LMTP
    record Mail(SmtpPath sender, OptionalLong size, Body body, boolean utf8, MailDsn dsn, List<Wish> wishes)
            implements SmtpCommand {
        public Mail {
            wishes = List.copyOf(wishes);
        }
    }

    /// A parameter of MAIL that belongs to an extension of the relay.
    ///
    /// @param extension `DELIVERBY` (RFC 2852) or `FUTURERELEASE` (RFC 4865)
    /// @param parameter as it is passed on: `BY=120;R`
    record Wish(String extension, String parameter) {}

    /// What the content may hold. RFC 6152 2, RFC 3030 3
    enum Body {
        SEVEN_BIT,
        EIGHT_BIT,
        BINARY
    }

    /// RET and ENVID, as given (ENVID decoded).
    record MailDsn(Optional<String> ret, Optional<String> envelopeId) {
        public static final MailDsn NONE = new MailDsn(Optional.empty(), Optional.empty());
    }

    /// RCPT TO. RFC 5321 4.1.1.3
    record Rcpt(SmtpPath recipient, RcptDsn dsn) implements SmtpCommand {}

    /// NOTIFY and ORCPT. RFC 3461 4.1 and 4.2
    ///
    /// @param notifyOn empty when not given; `NEVER` stands alone
    /// @param original `rfc822;bob@example.org`, decoded
    record RcptDsn(List<String> notifyOn, Optional<String> original) {
        public static final RcptDsn NONE = new RcptDsn(List.of(), Optional.empty());

        public RcptDsn {
            notifyOn = List.copyOf(notifyOn);
        }
    }

    /// DATA; the content follows after the 354.
    record Data() implements SmtpCommand {}

    /// BDAT; `size` bytes follow at once, whatever the reply will be. RFC 3030 2
    record Bdat(long size, boolean last) implements SmtpCommand {}

    record Rset() implements SmtpCommand {}

    record Noop() implements SmtpCommand {}

    record Quit() implements SmtpCommand {}

    /// @param who as given; may be empty
    record Vrfy(String who) implements SmtpCommand {}

    record Help() implements SmtpCommand {}

    /// RFC 3207 4
    record StartTls() implements SmtpCommand {}

    /// AUTH, in Submission only. RFC 4954 4
    ///
    /// @param initial the initial response in base64, `=` for an empty one; whoever takes it wipes it
    record Auth(String mechanism, Optional<byte[]> initial) implements SmtpCommand {
        /// Without the response, which may hold a password.
        @Override
        public String toString() {
            return "Auth[" + mechanism + "]";
        }
    }

    /// BURL, in Submission only: content that is fetched from an IMAP URL. RFC 4468 3
    record Burl(String url, boolean last) implements SmtpCommand {}

    /// XCLIENT: a trusted relay says whom it speaks for (Postfix's XCLIENT_README).
    ///
    /// @param attributes by name in capitals, decoded; `[UNAVAILABLE]` and `[TEMPUNAVAIL]` are left out
    record Xclient(Map<String, String> attributes) implements SmtpCommand {
        public Xclient {
            attributes = Map.copyOf(attributes);
        }
    }

    /// A line that says nothing we know.
    ///
    /// @param hopeless no end of the line in sight: answer and close
    record Malformed(SmtpReply reply, boolean hopeless) implements SmtpCommand {}

    /// The client closed its side.
    record EndOfInput() implements SmtpCommand {}
}
