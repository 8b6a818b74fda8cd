package palomar.imap;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailboxId;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.storage.UserMail;

/// All names of one user for one LIST: mailboxes, subscriptions, and the parents that exist only by name.
final class ListTree {
    private final TreeMap<MailboxName, Node> nodes = new TreeMap<>();

    /// @param remote show what is on other servers? Else those names are not there at all. RFC 2193 3
    ListTree(UserMail mail, boolean withSubscriptions, Referrals referrals, boolean remote) {
        MailboxRights rights = MailboxRights.of(mail);
        for (UserMail.Entry entry : mail.mailboxes()) {
            if (!rights.sees(entry)) {
                continue;
            }
            Node node = node(entry.name());
            node.entry = entry;
            for (Node above = node.parent; above != null && !above.hasChildren; above = above.parent) {
                above.hasChildren = true;
            }
        }
        if (withSubscriptions) {
            for (MailboxName name : mail.subscriptions()) {
                if (remote || !referrals.isRemote(name)) {
                    node(name).subscribed = true;
                }
            }
        }
        if (remote) {
            for (MailboxName name : referrals.names()) {
                Node node = node(name);
                node.remote = true;
                for (Node above = node.parent; above != null && !above.hasChildren; above = above.parent) {
                    above.hasChildren = true;
                }
            }
        }
    }

    private Node node(MailboxName name) {
        Node known = nodes.get(name);
        if (known != null) {
            return known;
        }
        Optional<MailboxName> above = name.parent();
        Node made = new Node(name, above.isPresent() ? node(above.get()) : null);
        nodes.put(name, made);
        return made;
    }

    /// The name as it stands among the others; it is added when it is none yet.
    Node at(MailboxName name) {
        return node(name);
    }

    /// In name order, parents before children.
    Collection<Node> nodes() {
        return nodes.values();
    }

    /// One name.
    static final class Node {
        private final MailboxName name;
        private final @Nullable Node parent;
        private UserMail.@Nullable Entry entry;
        private boolean remote;
        private boolean hasChildren;
        private boolean subscribed;

        /// Some mailbox below meets the selection.
        private boolean childMeets;

        /// Such a one below is not itself listed.
        private boolean hiddenChildMeets;

        Node(MailboxName name, @Nullable Node parent) {
            this.name = name;
            this.parent = parent;
        }

        MailboxName name() {
            return name;
        }

        boolean exists() {
            return entry != null;
        }

        /// On another server.
        boolean remote() {
            return remote;
        }

        Optional<MailboxId> id() {
            return Optional.ofNullable(entry).map(UserMail.Entry::id);
        }

        Optional<UserMail.Entry> entry() {
            return Optional.ofNullable(entry);
        }

        Set<SpecialUse> uses() {
            return entry == null ? Set.of() : entry.uses();
        }

        boolean hasChildren() {
            return hasChildren;
        }

        boolean subscribed() {
            return subscribed;
        }

        boolean childMeets() {
            return childMeets;
        }

        boolean hiddenChildMeets() {
            return hiddenChildMeets;
        }

        /// This name meets the selection: those above learn of it.
        void tellParents(boolean hidden) {
            for (Node above = parent; above != null; above = above.parent) {
                if (above.childMeets && (above.hiddenChildMeets || !hidden)) {
                    return;
                }
                above.childMeets = true;
                above.hiddenChildMeets |= hidden;
            }
        }
    }
}
