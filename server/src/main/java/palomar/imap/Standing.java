package palomar.imap;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.delivery.Refilter;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.Tag;
import palomar.net.KeyedPermits;
import palomar.storage.UserMail;
import palomar.storage.Watch;

/// Where a session stands and what it holds there: the user's mail, the selected mailbox, the user's permit, what
/// NOTIFY has asked for. [#end()] gives all of it back. Belongs to the session. RFC 9051 3
final class Standing {
    private static final Watch NOTHING = () -> {};

    private final ImapService service;
    private final Dialogue dialogue;
    private State state = new State.NotAuthenticated();
    private KeyedPermits.@Nullable Permit permit;
    private @Nullable Notifier notifier;
    private UrlKeys.@Nullable Listener urlKey;
    private boolean startsOver;

    Standing(ImapService service, Dialogue dialogue) {
        this.service = service;
        this.dialogue = dialogue;
    }

    State state() {
        return state;
    }

    /// Set once NOTIFY was said.
    @Nullable
    Notifier notifier() {
        return notifier;
    }

    void notifier(Notifier made) {
        notifier = made;
        if (state instanceof State.Selected selected) {
            made.selected(selected.box());
        }
    }

    void enter(UserMail mail, KeyedPermits.Permit held) {
        state = new State.Authenticated(mail);
        permit = held;
        dialogue.server(ServerAnnotations.open(
                service.storage(), mail, dialogue.settings().account(), dialogue.events()));
    }

    void select(UserMail mail, SelectedMailbox box) {
        state = new State.Selected(mail, box);
        if (notifier != null) {
            notifier.selected(box);
        }
        urlKey = service.urlKeys().listen(mail.user(), box.mailbox().id());
        dialogue.connection().state(box.name().value());
    }

    @Nullable
    SelectedMailbox selectedBox() {
        return state instanceof State.Selected selected ? selected.box() : null;
    }

    void leaveMailbox() {
        if (state instanceof State.Selected selected) {
            if (notifier != null) {
                notifier.left();
            }
            selected.box().close();
            state = new State.Authenticated(selected.mail());
            if (urlKey != null) {
                urlKey.close();
                urlKey = null;
            }
            dialogue.connection().state("");
        }
    }

    void end() {
        if (notifier != null) {
            notifier.close();
        }
        leaveMailbox();
        dialogue.endMetadata();
        if (state instanceof State.LoggedIn user) {
            user.mail().close();
        }
        if (permit != null) {
            permit.close();
        }
        state = new State.LoggedOut();
    }

    /// The session ends but not its connection. RFC 8437 3
    void startOver() {
        end();
        dialogue.connection().user("");
        startsOver = true;
    }

    boolean startsOver() {
        return startsOver;
    }

    List<String> capabilities() {
        return state instanceof State.LoggedIn user
                ? Capabilities.forUsers(
                        dialogue.settings(),
                        user.mail().user(),
                        service.refilter().map(Refilter::capabilities).orElse(List.of()))
                : new LoginHandler(service, dialogue).capabilities();
    }

    /// Someone has made a new key for the selected mailbox. RFC 4467 7: RESETKEY
    void tellUrlKey() throws IOException {
        if (urlKey != null && urlKey.take() && dialogue.isPrivate()) {
            dialogue.out().ok(Tag.NONE, ResponseCode.Plain.URLMECH_INTERNAL, "the key is new");
        }
    }

    /// @param ear for such a key, until the watch is closed
    Watch watchUrlKey(Runnable ear) {
        return urlKey == null ? NOTHING : urlKey.onChange(ear);
    }
}
