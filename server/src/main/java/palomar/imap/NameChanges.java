package palomar.imap;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import palomar.imap.proto.NotifySet.Event;
import palomar.mail.MailboxId;
import palomar.mail.MailboxName;
import palomar.storage.UserMail;

/// The names of a user's mailboxes and subscriptions at one moment, and what became of them since. Immutable.
///
/// @param mailboxes names by id
/// @param subscriptions empty when nobody asks for them
record NameChanges(Map<MailboxId, MailboxName> mailboxes, Set<MailboxName> subscriptions) {

    static NameChanges now(List<UserMail.Entry> entries, Set<MailboxName> subscriptions) {
        Map<MailboxId, MailboxName> names = HashMap.newHashMap(entries.size());
        for (UserMail.Entry entry : entries) {
            names.put(entry.id(), entry.name());
        }
        return new NameChanges(names, subscriptions);
    }

    /// With a mailbox that this session has made, and the parents that were made on the way: as with all that a
    /// session does itself the client knows, and is not told. RFC 5465 5
    ///
    /// @param entries as they are now
    NameChanges withMade(MailboxName name, List<UserMail.Entry> entries) {
        Map<MailboxId, MailboxName> names = new HashMap<>(mailboxes);
        for (UserMail.Entry entry : entries) {
            boolean parent = name.isBelow(entry.name()) && !had(entry.name());
            if (parent || entry.name().equals(name)) {
                names.putIfAbsent(entry.id(), entry.name());
            }
        }
        return new NameChanges(names, subscriptions);
    }

    /// Without a mailbox that this session has deleted.
    NameChanges withoutDeleted(MailboxName name) {
        Map<MailboxId, MailboxName> names = new HashMap<>(mailboxes);
        names.values().removeIf(name::equals);
        return new NameChanges(names, subscriptions);
    }

    /// With the new names after a RENAME of this session. INBOX is not renamed, another mailbox is made. RFC 9051
    /// 6.3.6
    ///
    /// @param entries as they are now
    NameChanges withRenamed(MailboxName from, MailboxName to, List<UserMail.Entry> entries) {
        Map<MailboxId, MailboxName> names = new HashMap<>(mailboxes);
        if (!from.isInbox()) {
            names.replaceAll((id, name) -> name.equals(from) || name.isBelow(from) ? name.moved(from, to) : name);
        }
        return new NameChanges(names, subscriptions).withMade(to, entries);
    }

    /// After SUBSCRIBE or UNSUBSCRIBE of this session.
    NameChanges withSubscription(MailboxName name, boolean on) {
        Set<MailboxName> names = new HashSet<>(subscriptions);
        if (on) {
            names.add(name);
        } else {
            names.remove(name);
        }
        return new NameChanges(mailboxes, names);
    }

    boolean had(MailboxName name) {
        return mailboxes.containsValue(name);
    }

    /// The names that are to be told, with the name that each had before when it was renamed. RFC 5465 5.4, 5.5
    TreeMap<MailboxName, Optional<MailboxName>> until(NameChanges later, Wishes wishes) {
        TreeMap<MailboxName, Optional<MailboxName>> told = new TreeMap<>();
        if (wishes.any(Event.MAILBOX_NAME)) {
            madeOrGone(later, wishes, told);
            later.madeOrGone(this, wishes, told);
            renamed(later, wishes, told);
        }
        if (wishes.any(Event.SUBSCRIPTION_CHANGE)) {
            subscribed(later, wishes, told);
            later.subscribed(this, wishes, told);
        }
        return told;
    }

    /// A mailbox of only one of the two moments, and its parent, which may have got its first child or lost the
    /// last.
    private void madeOrGone(NameChanges other, Wishes wishes, Map<MailboxName, Optional<MailboxName>> told) {
        mailboxes.forEach((id, name) -> {
            if (!other.mailboxes.containsKey(id)) {
                tell(name, Event.MAILBOX_NAME, wishes, told, other);
                name.parent().ifPresent(parent -> tell(parent, Event.MAILBOX_NAME, wishes, told, other));
            }
        });
    }

    private void tell(
            MailboxName name,
            Event event,
            Wishes wishes,
            Map<MailboxName, Optional<MailboxName>> told,
            NameChanges other) {
        if (Wishes.has(wishes.of(name, subscriptions) | wishes.of(name, other.subscriptions), event)) {
            told.putIfAbsent(name, Optional.empty());
        }
    }

    /// What lies below a renamed mailbox is renamed with it, and not told. RFC 5465 5.4
    private void renamed(NameChanges later, Wishes wishes, Map<MailboxName, Optional<MailboxName>> told) {
        Map<MailboxName, MailboxName> moves = new HashMap<>();
        mailboxes.forEach((id, name) -> {
            MailboxName now = later.mailboxes.get(id);
            if (now != null && !now.equals(name)) {
                moves.put(name, now);
            }
        });
        moves.forEach((from, to) -> {
            int events = wishes.of(from, subscriptions) | wishes.of(to, later.subscriptions);
            if (Wishes.has(events, Event.MAILBOX_NAME) && !followsParent(from, to, moves)) {
                told.put(to, Optional.of(from));
            }
        });
    }

    private static boolean followsParent(MailboxName from, MailboxName to, Map<MailboxName, MailboxName> moves) {
        Optional<MailboxName> above = from.parent();
        while (above.isPresent()) {
            MailboxName target = moves.get(above.get());
            if (target != null && to.equals(from.moved(above.get(), target))) {
                return true;
            }
            above = above.get().parent();
        }
        return false;
    }

    private void subscribed(NameChanges other, Wishes wishes, Map<MailboxName, Optional<MailboxName>> told) {
        for (MailboxName name : subscriptions) {
            if (!other.subscriptions.contains(name)) {
                tell(name, Event.SUBSCRIPTION_CHANGE, wishes, told, other);
            }
        }
    }
}
