package palomar.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import palomar.mail.Flags;
import palomar.mail.MailboxId;
import palomar.mail.UidSet;

/// One open mailbox, shared by all its sessions. Safe for many threads.
///
/// Each change is one transaction with one mod-sequence, larger than all before; watchers are woken after it is
/// visible.
/// Sets of UIDs may name messages that do not exist; those are skipped silently (RFC 9051 6.4.9).
public interface Mailbox extends AutoCloseable {

    /// At most this many keywords in one mailbox.
    int MAX_KEYWORDS = 64;

    /// Bytes of annotations, names and values, of all messages together at most.
    long MAX_ANNOTATIONS = 16L << 20;

    /// Names of annotations that begin so are the owner's own: no other user's mailbox gets them with a copy. What
    /// another user has for himself is kept under `annotate/private:USER/`, and those who mount a shared mailbox
    /// see to it that he finds it under this name. docs/decisions/0058
    String PRIVATE_ANNOTATION = "annotate/private/";

    /// Names of annotations that all see begin so.
    String SHARED_ANNOTATION = "annotate/shared/";

    MailboxId id();

    /// 1 to 2^32-1; constant.
    long uidValidity();

    /// True once the mailbox was deleted: views still answer from memory, changes throw NOT_FOUND.
    boolean deleted();

    MailboxStatus status();

    /// The messages as of now. Cheap: unchanged mailboxes give the same object.
    MailboxView view();

    /// The user of this handle goes by `view` from now on: what it shows stays readable through [#cursor()] after
    /// it was expunged, until this handle holds a newer view or is closed (RFC 2180 4.1). Without it rows may go
    /// at any time. A store may give up on rows when very many wait in this way.
    void hold(MailboxView view);

    MessageCursor cursor();

    /// The mailbox's keywords; a keyword's place is its bit in [MessageCursor#keywordBits()]. The list only grows.
    List<String> keywords();

    /// Stores messages under ascending UIDs, all or none; synced on return.
    ///
    /// Throws MailException DISK_FULL, OVER_QUOTA, LIMIT (too many keywords, UIDs exhausted), NOT_FOUND (deleted).
    Appended append(List<NewMessage> messages);

    /// Changes flags. Messages whose mod-sequence is above `unchangedSince` are left alone and returned in
    /// [Changed#refused()] (RFC 7162 3.1.3); -1 means no condition. Messages whose flags would not differ keep
    /// their mod-sequence. Visible on return; synced within a second (`storage.sync`).
    ///
    /// Throws MailException LIMIT (too many keywords), NOT_FOUND.
    Changed store(UidSet uids, FlagChange change, long unchangedSince);

    /// Copies messages to another mailbox of the same store, in UID order, all or none, with flags, keywords,
    /// annotations, internal dates and GUIDs; without `\Recent` games. Synced on return. The bytes are not copied.
    /// The target may be this one.
    ///
    /// Throws MailException as [#append(List)].
    default Copied copy(UidSet uids, Mailbox target) {
        return copy(uids, target, Kept.ALL);
    }

    /// As [#copy(UidSet, Mailbox)], but the copies have only what is `kept`: RFC 4314 4, RFC 5257 4.6.
    Copied copy(UidSet uids, Mailbox target, Kept kept);

    /// As [#copy(UidSet, Mailbox)], and the originals are expunged in the same transaction. RFC 6851
    default Copied move(UidSet uids, Mailbox target) {
        return move(uids, target, Kept.ALL);
    }

    /// As [#move(UidSet, Mailbox)], but the copies have only what is `kept`.
    Copied move(UidSet uids, Mailbox target, Kept kept);

    /// Stores a message in `target` (which may be this mailbox) and removes the one with UID `uid` from this
    /// mailbox, in one transaction; synced on return. RFC 8508
    ///
    /// Throws MailException EXPUNGED when there is no such message any more; otherwise as [#append(List)].
    Appended replace(long uid, NewMessage message, Mailbox target);

    /// The annotations of a message, as of now; none for one that does not exist. RFC 5257
    NamedValues annotations(long uid);

    /// Messages that have annotations.
    UidSet annotated();

    /// Sets annotations of messages and removes those that are empty, all or none, with the conditions of
    /// [#store(UidSet, FlagChange, long)]. Messages for which nothing would differ keep their mod-sequence. Synced
    /// on return. Names begin with `annotate/`.
    ///
    /// Throws MailException LIMIT (a name or a value is too long, or the mailbox would have too much of them),
    /// OVER_QUOTA, DISK_FULL, NOT_FOUND.
    Changed annotate(UidSet uids, Map<String, Optional<byte[]>> changes, long unchangedSince);

    /// Removes those of `uids` that have `\Deleted`; returns which. Durable as [#store].
    Expunged expunge(UidSet uids);

    /// UIDs among `among` that were expunged after `modSeq`. When the history does not reach back that far, every
    /// UID of
    /// `among` below UIDNEXT that does not exist now (RFC 7162 3.2.5.2 allows too many, never too few).
    UidSet vanishedSince(long modSeq, UidSet among);

    /// UIDs of existing messages whose mod-sequence is above `modSeq`.
    UidSet changedSince(long modSeq);

    /// The first UID that is `\Recent` for the caller; with `claim` nobody else gets these again. RFC 3501 2.3.2
    long recentFrom(boolean claim);

    /// Calls `wake` after each change, of messages, flags or named values, its own included, on any thread; it
    /// must not block.
    Watch watch(Runnable wake);

    /// Keeps nothing open that others do not need.
    @Override
    void close();

    /// A message to be stored.
    ///
    /// @param head bytes before the content, for this copy only; usually empty, see [Storage.Target]
    /// @param annotations by name, as in [Mailbox#annotate]
    record NewMessage(StagedMessage message, byte[] head, Flags flags, Instant internalDate, NamedValues annotations) {
        public NewMessage(StagedMessage message, byte[] head, Flags flags, Instant internalDate) {
            this(message, head, flags, internalDate, NamedValues.NONE);
        }
    }

    /// @param uids in ascending order, as many as messages were given
    record Appended(long uidValidity, UidSet uids, long modSeq) {}

    /// @param changed messages whose flags are now different
    /// @param refused messages that UNCHANGEDSINCE protected
    /// @param modSeq of the change; when nothing changed, the mailbox's highest
    record Changed(UidSet changed, UidSet refused, long modSeq) {}

    /// @param source UIDs that were copied
    /// @param target their new UIDs, in the same order
    record Copied(long uidValidity, UidSet source, UidSet target, long modSeq) {}

    /// @param modSeq of the change; when nothing was expunged, the mailbox's highest
    record Expunged(UidSet uids, long modSeq) {}
}
