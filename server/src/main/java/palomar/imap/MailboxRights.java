package palomar.imap;

import java.util.Optional;
import palomar.acl.Acl;
import palomar.acl.Right;
import palomar.acl.Rights;
import palomar.acl.Who;
import palomar.mail.FlagMask;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxId;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.storage.Kept;
import palomar.storage.UserMail;

/// What the user of a session may do with which mailbox: the one place where commands ask. RFC 4314 4
///
/// Rights are looked up each time, so that a change counts for the next command of every session. What a user may
/// not see is to him as if it were not there.
///
/// @param mail the mailboxes that the session knows
/// @param who the user who is logged in
record MailboxRights(UserMail mail, Who who) {
    /// One of these with [Right#LOOKUP] opens a mailbox's annotations. RFC 5464 3.3
    private static final Rights FOR_ANNOTATIONS =
            Rights.of(Right.READ, Right.SEEN, Right.WRITE, Right.INSERT, Right.POST);

    /// One of these opens MYRIGHTS. RFC 4314 4
    private static final Rights FOR_MYRIGHTS =
            Rights.of(Right.LOOKUP, Right.READ, Right.INSERT, Right.CREATE, Right.DELETE, Right.ADMINISTER);

    /// With one of these a mailbox is not READ-ONLY; all flags are shared here. RFC 4314 5.2
    private static final Rights FOR_CHANGES =
            Rights.of(Right.INSERT, Right.EXPUNGE, Right.SEEN, Right.WRITE, Right.DELETED, Right.ANNOTATE);

    private static final int OTHER_FLAGS = SystemFlags.ALL & ~(SystemFlags.SEEN | SystemFlags.DELETED);

    static MailboxRights of(UserMail mail) {
        return new MailboxRights(mail, Who.of(mail.user()));
    }

    /// None in a mailbox that is gone.
    Rights in(MailboxId id) {
        try {
            return mail.acl(id).list().of(who);
        } catch (MailException gone) {
            return Rights.NONE;
        }
    }

    /// The rights in one mailbox, to be asked again and again while it is open.
    Standing standing(MailboxId id) {
        return new Standing(mail.acl(id), who);
    }

    record Standing(Acl acl, Who who) {
        Rights now() {
            return acl.list().of(who);
        }
    }

    /// May it be listed? The owner always may: no list is read for his own tree.
    boolean sees(UserMail.Entry entry) {
        try {
            Acl acl = mail.acl(entry.id());
            return acl.owner().equals(who.user()) || acl.list().of(who).has(Right.LOOKUP);
        } catch (MailException gone) {
            return false;
        }
    }

    boolean reads(UserMail.Entry entry) {
        return in(entry.id()).has(Right.READ);
    }

    boolean annotates(UserMail.Entry entry) {
        Rights rights = in(entry.id());
        return rights.has(Right.LOOKUP) && rights.hasAny(FOR_ANNOTATIONS);
    }

    /// The mailbox of that name, when the user has the right.
    ///
    /// Throws MailException NOT_FOUND, NO_PERMISSION.
    UserMail.Entry require(MailboxName name, Right right) {
        UserMail.Entry entry = MailboxHandler.existing(mail, name);
        require(entry, right);
        return entry;
    }

    void require(UserMail.Entry entry, Right right) {
        Rights rights = in(entry.id());
        if (!rights.has(right)) {
            throw rights.has(Right.LOOKUP) ? lacking(Rights.of(right)) : MailboxHandler.missing();
        }
    }

    UserMail.Entry requireForAnnotations(MailboxName name) {
        UserMail.Entry entry = MailboxHandler.existing(mail, name);
        Rights rights = in(entry.id());
        if (!rights.has(Right.LOOKUP)) {
            throw MailboxHandler.missing();
        }
        if (!rights.hasAny(FOR_ANNOTATIONS)) {
            throw new MailException(
                    MailError.NO_PERMISSION, "annotations take one of the rights " + FOR_ANNOTATIONS.letters());
        }
        return entry;
    }

    UserMail.Entry requireForMyRights(MailboxName name) {
        UserMail.Entry entry = MailboxHandler.existing(mail, name);
        if (!in(entry.id()).hasAny(FOR_MYRIGHTS)) {
            throw MailboxHandler.missing();
        }
        return entry;
    }

    /// May a mailbox of that name be made? The nearest parent that there is decides; without one the user is at
    /// the top of his own tree.
    void requireCreate(MailboxName name) {
        for (Optional<MailboxName> above = name.parent();
                above.isPresent();
                above = above.get().parent()) {
            Optional<UserMail.Entry> parent = mail.find(above.get());
            if (parent.isPresent()) {
                if (!in(parent.get().id()).has(Right.CREATE)) {
                    throw lacking(Rights.of(Right.CREATE));
                }
                return;
            }
        }
    }

    /// A name without a mailbox moves all that is below it, and each must be the user's to move.
    void requireRename(MailboxName from, MailboxName to) {
        Optional<UserMail.Entry> entry = mail.find(from);
        if (entry.isPresent()) {
            require(entry.get(), Right.DELETE);
        } else {
            for (UserMail.Entry below : mail.mailboxes()) {
                if (below.name().isBelow(from)) {
                    require(below, Right.DELETE);
                }
            }
        }
        requireCreate(to);
    }

    static MailException lacking(Rights needed) {
        return new MailException(MailError.NO_PERMISSION, "your rights to that mailbox lack " + needed.letters());
    }

    /// Can anything in the mailbox be changed? RFC 4314 5.2
    static boolean changes(Rights rights) {
        return rights.hasAny(FOR_CHANGES);
    }

    /// What messages that come into the mailbox may have. RFC 4314 4: APPEND, COPY; RFC 5257 3.4
    static Kept kept(Rights rights) {
        return new Kept(flags(rights), rights.has(Right.READ), rights.has(Right.ANNOTATE));
    }

    /// The flags that may be changed. RFC 4314 4: STORE
    static FlagMask flags(Rights rights) {
        int system = (rights.has(Right.SEEN) ? SystemFlags.SEEN : 0)
                | (rights.has(Right.DELETED) ? SystemFlags.DELETED : 0)
                | (rights.has(Right.WRITE) ? OTHER_FLAGS : 0);
        return new FlagMask(system, rights.has(Right.WRITE));
    }
}
