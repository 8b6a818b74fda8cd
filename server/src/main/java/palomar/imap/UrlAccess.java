package palomar.imap;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.ImapUrl;
import palomar.storage.Attributes;
import palomar.storage.UserMail;

/// Decides whether a session may use an authorised URL, and opens what it names with the rights of the user who is
/// named in it. RFC 4467 3, 6 and 7: URLFETCH
///
/// Keeps the owner's mail open until it is closed. One thread.
final class UrlAccess implements AutoCloseable {
    private final ImapService service;
    private final UserMail mail;
    private final Dialogue dialogue;
    private @Nullable UserMail opened;

    UrlAccess(ImapService service, UserMail mail, Dialogue dialogue) {
        this.service = service;
        this.mail = mail;
        this.dialogue = dialogue;
    }

    /// Empty for a URL that is none, is not authorised, has expired, is meant for others, or names nothing: which
    /// of these is not told.
    ///
    /// Throws MailException UNAVAILABLE when a database or the store is away.
    Optional<UrlContent> open(String text) {
        if (!(ImapUrl.parse(text, dialogue.settings().users()) instanceof ImapUrl.Valid(ImapUrl url))
                || url.token().isEmpty()
                || url.mailbox().isEmpty()) {
            return Optional.empty();
        }
        Optional<UserMail> owner = url.server().flatMap(ImapUrl.Server::user).flatMap(this::owner);
        Optional<UserMail.Entry> entry =
                owner.flatMap(found -> UrlContent.find(found, url.mailbox().get(), url.uidValidity()));
        boolean valid = isAuthorised(owner, entry, url.token().get());
        if (!valid || !isFresh(url) || !isMeant(url) || owner.isEmpty() || entry.isEmpty()) {
            return Optional.empty();
        }
        return UrlContent.open(owner.get(), entry.get().id(), url);
    }

    private Optional<UserMail> owner(String user) {
        if (user.equals(mail.user())) {
            return Optional.of(mail);
        }
        return service.door().lookup("imap", user).map(found -> {
            UserMail other = service.storage().open(found.name());
            opened = other;
            return other;
        });
    }

    private boolean isAuthorised(Optional<UserMail> owner, Optional<UserMail.Entry> entry, ImapUrl.Token token) {
        Optional<Attributes> attributes = owner.flatMap(found -> entry.map(mailbox -> found.attributes(mailbox.id())));
        boolean right =
                service.urlKeys().verify(attributes, token.rump(), token.hex().toLowerCase(Locale.ROOT));
        return right && token.mechanism().equals("INTERNAL");
    }

    private boolean isFresh(ImapUrl url) {
        return url.expires().isEmpty()
                || !service.clock().instant().isAfter(url.expires().get());
    }

    /// RFC 4467 3. There are no anonymous sessions, so that authuser and anonymous come to the same.
    private boolean isMeant(ImapUrl url) {
        return switch (url.access().orElseThrow()) {
            case ImapUrl.Submit _ ->
                dialogue.settings().policy().submissionUsers().contains(mail.user());
            case ImapUrl.OneUser(String user) -> user.equals(mail.user());
            case ImapUrl.AuthUser _, ImapUrl.Anonymous _ -> true;
        };
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
    }
}
