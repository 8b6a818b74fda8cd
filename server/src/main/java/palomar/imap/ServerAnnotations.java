package palomar.imap;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.storage.Attributes;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.Watch;

/// The annotations of the server as one user has them: his own private ones, and the shared ones, which are kept
/// with the user who may set them ([AccountSettings#annotator()]) and which all may read. RFC 5464 3.2, RFC 5466
/// 3.2
///
/// Belongs to a session.
final class ServerAnnotations implements AutoCloseable {
    private static final Watch NOTHING = () -> {};

    private final UserMail mail;
    private final AccountSettings settings;
    private final @Nullable UserMail annotator;

    private ServerAnnotations(UserMail mail, AccountSettings settings, @Nullable UserMail annotator) {
        this.mail = mail;
        this.settings = settings;
        this.annotator = annotator;
    }

    static ServerAnnotations open(Storage storage, UserMail mail, AccountSettings settings, Event events) {
        Optional<String> named = settings.annotator().filter(name -> !name.equals(mail.user()));
        try {
            return new ServerAnnotations(
                    mail, settings, named.map(storage::open).orElse(null));
        } catch (MailException unavailable) {
            events.warn(
                    "imap.shared-annotations-unavailable",
                    "the server's shared annotations can't be read now: " + unavailable.getMessage());
            return new ServerAnnotations(mail, settings, null);
        }
    }

    Annotations now() {
        Attributes shared = annotator != null ? annotator.attributes() : maySet() ? mail.attributes() : null;
        return Annotations.ofServer(mail, settings, shared);
    }

    /// May this user set the shared ones?
    boolean maySet() {
        return settings.annotator().filter(mail.user()::equals).isPresent();
    }

    /// Calls `wake` when a shared one may have changed that another user sets; on any thread.
    Watch watch(Runnable wake) {
        return annotator == null ? NOTHING : annotator.watch(wake);
    }

    @Override
    public void close() {
        if (annotator != null) {
            annotator.close();
        }
    }
}
