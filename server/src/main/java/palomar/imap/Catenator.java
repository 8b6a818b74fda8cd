package palomar.imap;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.imap.proto.AppendMessages;
import palomar.imap.proto.ImapUrl;
import palomar.imap.proto.ResponseCode;
import palomar.storage.Mailbox;
import palomar.storage.UserMail;

/// Puts one message together from texts and from pieces of the user's own messages, without holding any of it.
/// RFC 4469 3, partial ranges: RFC 5550 5.7.1
///
/// URLs are looked up as they come, so that a client that waits to be asked for its next text hears of a bad one
/// before it sends that.
final class Catenator {
    /// Parts of one message.
    private static final int MOST_PARTS = 10_000;

    private final UserMail mail;
    private final @Nullable SelectedMailbox selected;
    private final Dialogue dialogue;
    private final OutputStream target;
    private long size;

    /// @param selected where a URL that begins with `;UID=` looks
    Catenator(UserMail mail, @Nullable SelectedMailbox selected, Dialogue dialogue, OutputStream target) {
        this.mail = mail;
        this.selected = selected;
        this.dialogue = dialogue;
        this.target = target;
    }

    /// Writes all parts to the target.
    ///
    /// @return why that was not possible; null when the message is whole
    @Nullable
    Reply run(AppendMessages.Parts parts) throws IOException {
        for (int count = 0; count < MOST_PARTS; count++) {
            switch (parts.next()) {
                case AppendMessages.Text part -> {
                    if (!fits(part.text().size())) {
                        return tooBig();
                    }
                    part.text().transferTo(target);
                }
                case AppendMessages.Url(String url) -> {
                    Reply refusal = copy(url);
                    if (refusal != null) {
                        return refusal;
                    }
                }
                case AppendMessages.Done() -> {
                    return null;
                }
                case AppendMessages.Refusal refusal -> {
                    return Intake.refused(refusal);
                }
            }
        }
        return Reply.no(ResponseCode.Plain.LIMIT, "more than " + MOST_PARTS + " parts in one message");
    }

    private boolean fits(long more) {
        size += more;
        return size <= dialogue.settings().users().message();
    }

    private Reply tooBig() {
        long limit = dialogue.settings().users().message();
        return Reply.no(ResponseCode.Plain.TOOBIG, "message of " + size + " bytes or more, the limit is " + limit);
    }

    private @Nullable Reply copy(String text) throws IOException {
        switch (ImapUrl.parse(text, dialogue.settings().users())) {
            case ImapUrl.Invalid(String why) -> {
                return bad(text, why);
            }
            case ImapUrl.Valid(ImapUrl url) -> {
                if (url.access().isPresent()) {
                    return bad(text, "a URL with URLAUTH is for URLFETCH");
                }
                if (url.server().isPresent() && !url.server().get().user().equals(Optional.of(mail.user()))) {
                    return bad(text, "only your own messages can be put together");
                }
                Optional<UrlContent> found = open(url);
                if (found.isEmpty()) {
                    return bad(text, "there is no such message");
                }
                try (UrlContent content = found.get()) {
                    return copy(text, content.body());
                }
            }
        }
    }

    private Optional<UrlContent> open(ImapUrl url) {
        if (url.mailbox().isPresent()) {
            return UrlContent.find(mail, url.mailbox().get(), url.uidValidity())
                    .flatMap(entry -> UrlContent.open(mail, entry.id(), url));
        }
        if (selected == null) {
            return Optional.empty();
        }
        Mailbox mailbox = selected.mailbox();
        return UrlContent.open(mail, mailbox.id(), url);
    }

    private @Nullable Reply copy(String text, Optional<ByteSource> part) throws IOException {
        if (part.isEmpty()) {
            return bad(text, "the message has no such part");
        }
        ByteSource bytes = part.get();
        if (!fits(bytes.size())) {
            return tooBig();
        }
        bytes.writeTo(target, 0, bytes.size());
        return null;
    }

    private static Reply bad(String url, String why) {
        return Reply.no(new ResponseCode.BadUrl(url), why);
    }
}
