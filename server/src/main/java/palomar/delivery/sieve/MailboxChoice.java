package palomar.delivery.sieve;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.sieve.Action;
import palomar.storage.UserMail;
import palomar.storage.UserMail.Entry;

/// From what a script says of a mailbox to the mailbox. One thread.
final class MailboxChoice {
    private final Person person;
    private final UserMail mail;

    MailboxChoice(Person person) {
        this.person = person;
        this.mail = person.mail();
    }

    /// Where an action wants to store.
    ///
    /// @param create RFC 5490 3.2
    /// @param use RFC 8579 4
    /// @param id RFC 9042 4
    record Wanted(String mailbox, boolean create, Optional<String> use, Optional<String> id) {}

    /// The default mailbox; INBOX when that is not there.
    Entry keep() {
        return mail.find(person.keepIn()).orElseGet(this::inbox);
    }

    private Entry inbox() {
        return mail.find(MailboxName.INBOX)
                .orElseThrow(
                        () -> new MailException(MailError.UNAVAILABLE, "the mail store can't be reached just now"));
    }

    /// By id, else by use, else by name; made when that is wanted.
    Entry choose(Wanted wanted) throws ActionFailure {
        Optional<Entry> there = wanted.id().flatMap(this::byId);
        Optional<SpecialUse> use = wanted.use().flatMap(SpecialUse::parse);
        if (there.isEmpty()) {
            there = use.flatMap(this::byUse);
        }
        if (there.isPresent()) {
            return there.get();
        }
        MailboxName name = name(wanted.mailbox());
        there = mail.find(name);
        if (there.isPresent()) {
            return there.get();
        }
        if (!wanted.create() && !person.autocreate()) {
            throw failed(wanted.mailbox(), "the mailbox does not exist");
        }
        return create(name, wanted.create() ? use.map(Set::of).orElse(Set.of()) : Set.of(), wanted.mailbox());
    }

    /// The mailbox for `\Snoozed` messages, else that of this name, which is made when it is not there.
    Entry snoozed(String name) throws ActionFailure {
        Optional<Entry> there = byUse(SpecialUse.SNOOZED);
        if (there.isPresent()) {
            return there.get();
        }
        Entry found = choose(new Wanted(name, true, Optional.of(SpecialUse.SNOOZED.attribute()), Optional.empty()));
        if (!found.uses().contains(SpecialUse.SNOOZED)) {
            Set<SpecialUse> uses = new HashSet<>(found.uses());
            uses.add(SpecialUse.SNOOZED);
            mail.specialUses(found.id(), uses);
        }
        return found;
    }

    private MailboxName name(String written) throws ActionFailure {
        try {
            return name(person, written);
        } catch (MailException bad) {
            throw failed(written, "invalid folder name: " + bad.getMessage());
        }
    }

    /// A name as scripts write it. Throws MailException CANNOT.
    static MailboxName name(Person person, String written) {
        return MailboxName.of(written.replace(person.separator(), MailboxName.SEPARATOR));
    }

    /// Whether an action files into this mailbox by its name. What goes by use or id may go elsewhere.
    static boolean names(Person person, Action.FileInto filed, Entry mailbox) {
        try {
            return filed.specialUse().isEmpty()
                    && filed.mailboxId().isEmpty()
                    && name(person, filed.mailbox()).equals(mailbox.name());
        } catch (MailException noName) {
            return false;
        }
    }

    private Entry create(MailboxName name, Set<SpecialUse> uses, String written) throws ActionFailure {
        try {
            Entry made = mail.create(name, uses);
            if (person.autosubscribe()) {
                mail.subscribe(name);
            }
            return made;
        } catch (MailException refused) {
            if (refused.kind() == MailError.ALREADY_EXISTS) {
                // Another delivery made it just now.
                Optional<Entry> made = mail.find(name);
                if (made.isPresent()) {
                    return made.get();
                }
            }
            if (refused.kind().temporary()) {
                throw refused;
            }
            throw failed(written, refused.getMessage());
        }
    }

    private Optional<Entry> byId(String id) {
        return first(mail.mailboxes(), id);
    }

    private static Optional<Entry> first(List<Entry> entries, String id) {
        return entries.stream()
                .filter(entry -> entry.id().toString().equals(id))
                .findFirst();
    }

    private Optional<Entry> byUse(SpecialUse use) {
        return mail.mailboxes().stream()
                .filter(entry -> entry.uses().contains(use))
                .findFirst();
    }

    static ActionFailure failed(String mailbox, String why) {
        return new ActionFailure("failed to store into mailbox '" + mailbox + "': " + why);
    }
}
