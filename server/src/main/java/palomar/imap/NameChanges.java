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

    /// What this session did itself; it is not told. RFC 5465 5
    static final class Own {
        /// Made or deleted, or a parent that was made on the way; subscribed or not any more.
        private final Set<MailboxName> touched = new HashSet<>();

        private final Set<MailboxName> renamed = new HashSet<>();

        void touch(MailboxName name) {
            touched.add(name);
            for (Optional<MailboxName> above = name.parent(); above.isPresent(); above = above.get().parent()) {
                touched.add(above.get());
            }
        }

        void rename(MailboxName from, MailboxName to) {
            renamed.add(from);
            touch(to);
        }

        private boolean isRenamed(MailboxName name) {
            return renamed.stream().anyMatch(from -> name.equals(from) || name.isBelow(from));
        }
    }

    static NameChanges now(List<UserMail.Entry> entries, Set<MailboxName> subscriptions) {
        Map<MailboxId, MailboxName> names = HashMap.newHashMap(entries.size());
        for (UserMail.Entry entry : entries) {
            names.put(entry.id(), entry.name());
        }
        return new NameChanges(names, subscriptions);
    }

    boolean had(MailboxName name) {
        return mailboxes.containsValue(name);
    }

    /// The names that are to be told, with the name that each had before when it was renamed. RFC 5465 5.4, 5.5
    TreeMap<MailboxName, Optional<MailboxName>> until(NameChanges later, Wishes wishes, Own own) {
        TreeMap<MailboxName, Optional<MailboxName>> told = new TreeMap<>();
        if (wishes.any(Event.MAILBOX_NAME)) {
            madeOrGone(later, wishes, own, told);
            later.madeOrGone(this, wishes, own, told);
            renamed(later, wishes, own, told);
        }
        if (wishes.any(Event.SUBSCRIPTION_CHANGE)) {
            subscribed(later, wishes, own, told);
            later.subscribed(this, wishes, own, told);
        }
        return told;
    }

    /// A mailbox of only one of the two moments, and its parent, which may have got its first child or lost the
    /// last.
    private void madeOrGone(
            NameChanges other, Wishes wishes, Own own, Map<MailboxName, Optional<MailboxName>> told) {
        mailboxes.forEach((id, name) -> {
            if (!other.mailboxes.containsKey(id) && !own.touched.contains(name)) {
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
    private void renamed(
            NameChanges later, Wishes wishes, Own own, Map<MailboxName, Optional<MailboxName>> told) {
        Map<MailboxName, MailboxName> moves = new HashMap<>();
        mailboxes.forEach((id, name) -> {
            MailboxName now = later.mailboxes.get(id);
            if (now != null && !now.equals(name)) {
                moves.put(name, now);
            }
        });
        moves.forEach((from, to) -> {
            int events = wishes.of(from, subscriptions) | wishes.of(to, later.subscriptions);
            if (Wishes.has(events, Event.MAILBOX_NAME) && !own.isRenamed(from) && !followsParent(from, to, moves)) {
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

    private void subscribed(
            NameChanges other, Wishes wishes, Own own, Map<MailboxName, Optional<MailboxName>> told) {
        for (MailboxName name : subscriptions) {
            if (!other.subscriptions.contains(name) && !own.touched.contains(name)) {
                tell(name, Event.SUBSCRIPTION_CHANGE, wishes, told, other);
            }
        }
    }
}
