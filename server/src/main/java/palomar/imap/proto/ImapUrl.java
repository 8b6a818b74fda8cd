package palomar.imap.proto;

import java.time.Instant;
import java.util.Optional;

/// An IMAP URL that names a message or a part of one, absolute or relative. RFC 5092, URLAUTH: RFC 4467
///
/// @param server empty for a relative URL, which means the session's own user
/// @param mailbox decoded; empty for a URL that begins with `;UID=`, which means the selected mailbox (RFC 4469 3)
/// @param uidValidity 0 when the URL names none
/// @param uid 1 to 2^32-1
/// @param section [Section#WHOLE] when the URL names none
/// @param partial RFC 5550 5.7.1
/// @param expires the last moment at which it counts
/// @param access who may use it; without it the URL is for its owner's session
/// @param token empty in a URL that is still to be authorised
public record ImapUrl(
        Optional<Server> server,
        Optional<String> mailbox,
        long uidValidity,
        long uid,
        Section section,
        Optional<PartialRange> partial,
        Optional<Instant> expires,
        Optional<Access> access,
        Optional<Token> token) {

    /// What a text turned out to be.
    public sealed interface Parsed {}

    /// @param url what it says
    public record Valid(ImapUrl url) implements Parsed {}

    /// Not an IMAP URL, or one of a server, a mailbox, a list or a search.
    ///
    /// @param why fit for the client
    public record Invalid(String why) implements Parsed {}

    /// @param user decoded; empty when there is none
    /// @param host as written
    public record Server(Optional<String> user, String host) {}

    /// RFC 4467 3
    public sealed interface Access {}

    /// `submit+user`: a submission server, on behalf of the user, whom it has checked itself.
    public record Submit(String user) implements Access {}

    /// `user+user`: sessions of this user.
    public record OneUser(String user) implements Access {}

    /// `authuser`: anyone who has logged in, but not anonymously.
    public record AuthUser() implements Access {}

    /// `anonymous`: any session.
    public record Anonymous() implements Access {}

    /// @param rump the URL's text in front of the colon before the mechanism, untouched: what was authorised
    /// @param mechanism in capitals
    /// @param hex at least 32 hexadecimal digits
    public record Token(String rump, String mechanism, String hex) {}

    /// Reads a URL. Never throws.
    ///
    /// @param limits of nesting and items in the section
    public static Parsed parse(String text, Limits limits) {
        try {
            return new Valid(new ImapUrlParser(text, limits).parse());
        } catch (SyntaxException e) {
            return new Invalid(e.why());
        }
    }
}
