package palomar.imap;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.SpecialUse;
import palomar.storage.UserMail;

/// Sees to it, at a login, that a user has the mailboxes which the configuration names, and that they are marked
/// with their use. RFC 6154 2
///
/// What the user has decided stays: a use that another mailbox has is left there, and so is a mailbox whose uses
/// were set by SETMETADATA.
record StandingMailboxes(UserMail mail, Event events) {
    /// On a mailbox: its uses were chosen by its user.
    private static final String CHOSEN = "specialuse/chosen";

    static void choose(UserMail mail, UserMail.Entry entry, Set<SpecialUse> uses) {
        mail.specialUses(entry.id(), uses);
        mail.attributes(entry.id()).change(Map.of(CHOSEN, Optional.of(new byte[0])));
    }

    /// Never keeps anyone out: what can't be done is told to the operator.
    void provide(Iterable<AccountSettings.StandingMailbox> wanted) {
        for (AccountSettings.StandingMailbox mailbox : wanted) {
            try {
                provide(mailbox);
            } catch (MailException e) {
                events.warn(
                        "imap.mailbox", "a mailbox of the configuration could not be made", "name", mailbox, "why", e);
            }
        }
    }

    private void provide(AccountSettings.StandingMailbox wanted) {
        Optional<UserMail.Entry> there = mail.find(wanted.name());
        if (there.isPresent()) {
            mark(there.get(), wanted);
        } else if (wanted.create()) {
            create(wanted);
        }
    }

    private void mark(UserMail.Entry entry, AccountSettings.StandingMailbox wanted) {
        if (wanted.use().isEmpty() || taken(wanted.use().get())) {
            return;
        }
        if (mail.attributes(entry.id()).get(CHOSEN).isEmpty()) {
            Set<SpecialUse> uses = new HashSet<>(entry.uses());
            uses.add(wanted.use().get());
            mail.specialUses(entry.id(), uses);
        }
    }

    private boolean taken(SpecialUse use) {
        return mail.mailboxes().stream().anyMatch(entry -> entry.uses().contains(use));
    }

    private void create(AccountSettings.StandingMailbox wanted) {
        Set<SpecialUse> uses =
                wanted.use().filter(use -> !taken(use)).map(Set::of).orElse(Set.of());
        try {
            mail.create(wanted.name(), uses);
        } catch (MailException e) {
            if (e.kind() != MailError.ALREADY_EXISTS) {
                throw e;
            }
            // Another session of the user was faster.
            return;
        }
        if (wanted.subscribe()) {
            mail.subscribe(wanted.name());
        }
    }
}
