package palomar.imap;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.acl.Right;
import palomar.acl.Rights;
import palomar.imap.proto.AnnotationKey;
import palomar.imap.proto.AppendMessages;
import palomar.imap.proto.ResponseCode;
import palomar.mail.Flags;
import palomar.message.StoredDigest;
import palomar.storage.Kept;
import palomar.storage.Mailbox;
import palomar.storage.NamedValues;
import palomar.storage.StagedMessage;
import palomar.storage.Staging;
import palomar.storage.UserMail;

/// Takes the messages of one APPEND or REPLACE into the store's staging while they arrive.
/// RFC 9051 6.3.12, RFC 4469
///
/// Closed, it lets go of what was staged; what was stored before stays. One thread.
final class Intake implements AutoCloseable {
    private static final byte[] NO_HEAD = {};

    /// Messages in one command: they are kept until the last one is here.
    private static final int MOST_MESSAGES = 10_000;

    /// Bytes of all messages after the first in one command.
    private static final long MOST_BYTES = 256L << 20;

    private final ImapService service;
    private final Dialogue dialogue;
    private final UserMail mail;
    private final @Nullable SelectedMailbox selected;
    private final Instant now;
    private final List<Staging> staged = new ArrayList<>();
    private final List<Mailbox.NewMessage> messages = new ArrayList<>();
    private long total;
    private boolean checksRoom;

    /// What came of pulling at the command.
    sealed interface Outcome {}

    /// One more of [#messages(Kept)].
    record Taken() implements Outcome {}

    /// The command is whole.
    record Complete() implements Outcome {}

    /// The command ends with this answer.
    record Refused(Reply reply) implements Outcome {}

    private static final Outcome TAKEN = new Taken();
    private static final Outcome COMPLETE = new Complete();

    /// @param selected where URLs that begin with `;UID=` look
    Intake(ImapService service, Dialogue dialogue, UserMail mail, @Nullable SelectedMailbox selected) {
        this.service = service;
        this.dialogue = dialogue;
        this.mail = mail;
        this.selected = selected;
        this.now = service.clock().instant();
    }

    /// All that were taken, in order, with those of their flags that may be kept.
    ///
    /// Throws MailException NO_PERMISSION for annotations that may not be set there. RFC 5257 3.4
    List<Mailbox.NewMessage> messages(Kept kept) {
        for (Mailbox.NewMessage each : messages) {
            if (kept.of(each.annotations()) != each.annotations()) {
                throw MailboxRights.lacking(Rights.of(kept.shared() ? Right.READ : Right.ANNOTATE));
            }
        }
        if (!kept.flags().isAll()) {
            messages.replaceAll(each -> new Mailbox.NewMessage(
                    each.message(),
                    each.head(),
                    kept.flags().of(each.flags()),
                    each.internalDate(),
                    each.annotations()));
        }
        return messages;
    }

    /// Refuses a message for which there is no room before it is asked for. Not for one that replaces another.
    Intake checkingRoom() {
        checksRoom = true;
        return this;
    }

    Outcome next(AppendMessages source) throws IOException {
        return switch (source.next()) {
            case AppendMessages.Message message -> take(message);
            case AppendMessages.Catenation catenation -> take(catenation);
            case AppendMessages.End() -> COMPLETE;
            case AppendMessages.Refusal refusal -> new Refused(refused(refusal));
        };
    }

    private Outcome take(AppendMessages.Message message) throws IOException {
        if (message.body().size() == 0) {
            return new Refused(empty());
        }
        Portion.refuse(messages.size() + 1L, dialogue.settings().messages().saving());
        if (isFull()) {
            return new Refused(full());
        }
        if (checksRoom) {
            mail.quota().requireRoom(total + message.body().size(), messages.size() + 1L);
        }
        Reply annotations = refusal(message.annotations());
        if (annotations != null) {
            return new Refused(annotations);
        }
        Staging staging = stage();
        HeaderWatch watch = new HeaderWatch(staging);
        message.body().transferTo(watch);
        if (refuses(watch)) {
            return new Refused(rawHeader());
        }
        add(staging, message.flags(), message.date().orElse(now), message.annotations());
        return TAKEN;
    }

    private Outcome take(AppendMessages.Catenation catenation) throws IOException {
        Portion.refuse(messages.size() + 1L, dialogue.settings().messages().saving());
        if (isFull()) {
            return new Refused(full());
        }
        Reply annotations = refusal(catenation.annotations());
        if (annotations != null) {
            return new Refused(annotations);
        }
        Staging staging = stage();
        HeaderWatch watch = new HeaderWatch(staging);
        Reply refusal = new Catenator(mail, selected, dialogue, watch).run(catenation.parts());
        if (refusal != null) {
            return new Refused(refusal);
        }
        if (staging.size() == 0) {
            return new Refused(empty());
        }
        if (refuses(watch)) {
            return new Refused(rawHeader());
        }
        add(staging, catenation.flags(), catenation.date().orElse(now), catenation.annotations());
        return TAKEN;
    }

    private @Nullable Reply refusal(Map<AnnotationKey, Optional<byte[]>> annotations) {
        NoteRules rules = new NoteRules(dialogue.settings().account());
        Optional<Reply> refusal = rules.refusal(annotations);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return rules.tooMany(NamedValues.NONE, annotations) ? NoteRules.tooMany() : null;
    }

    private static Reply empty() {
        return Reply.no("an empty message is no message");
    }

    private boolean isFull() {
        return messages.size() == MOST_MESSAGES || !messages.isEmpty() && total > MOST_BYTES;
    }

    private static Reply full() {
        return Reply.no(ResponseCode.Plain.LIMIT, "too much for one APPEND");
    }

    private Staging stage() {
        Staging staging = service.storage().stage();
        staged.add(staging);
        return staging;
    }

    /// RFC 9755 4: UTF-8 in a header is for clients that have said they know it. Old mail with Latin-1 there is
    /// let in, or moving it here by IMAP would lose it. docs/decisions/0043
    private boolean refuses(HeaderWatch watch) {
        return watch.isInternational()
                && !dialogue.enabled().utf8()
                && !dialogue.settings().policy().rawHeaders();
    }

    private static Reply rawHeader() {
        return Reply.no(ResponseCode.Plain.CANNOT, "a header in UTF-8 needs ENABLE UTF8=ACCEPT or IMAP4rev2 before");
    }

    private void add(Staging staging, Flags flags, Instant date, Map<AnnotationKey, Optional<byte[]>> annotations)
            throws IOException {
        total += staging.size();
        StagedMessage staged = staging.finish();
        NoteRules.requireParts(StoredDigest.of(staged.digest()), NoteRules.entries(annotations));
        NamedValues values = NamedValues.NONE.with(NamedValues.NONE.different(NoteRules.changes(annotations)));
        messages.add(new Mailbox.NewMessage(staged, NO_HEAD, flags, date, values));
    }

    static Reply refused(AppendMessages.Refusal refusal) {
        return switch (refusal) {
            case AppendMessages.Malformed(String why) -> Reply.bad(why);
            case AppendMessages.TooBig(long size, long limit) ->
                Reply.no(ResponseCode.Plain.TOOBIG, tooBig(size, limit));
            case AppendMessages.AnnotationTooBig() -> NoteRules.tooBig();
            case AppendMessages.TooBigUnasked(long size, long limit) ->
                Reply.bad(ResponseCode.Plain.TOOBIG, tooBig(size, limit));
        };
    }

    private static String tooBig(long size, long limit) {
        return "message of " + size + " bytes, the limit is " + limit;
    }

    @Override
    public void close() {
        staged.forEach(Staging::close);
    }
}
