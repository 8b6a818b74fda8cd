package palomar.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import palomar.acl.Right;
import palomar.imap.proto.AclWriter;
import palomar.imap.proto.Command;
import palomar.imap.proto.ListEntry;
import palomar.imap.proto.ListOptions;
import palomar.imap.proto.ListOptions.Return;
import palomar.imap.proto.ListOptions.Select;
import palomar.imap.proto.MetadataWriter;
import palomar.imap.proto.ResponseWriter;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxId;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.storage.MailboxStatus;
import palomar.storage.UserMail;

/// LIST with its extensions, and LSUB. RFC 9051 6.3.9, RFC 5258, RFC 5819, RFC 6154, RFC 8440; RFC 3501 6.3.9
///
/// `\HasChildren`, `\HasNoChildren` and the special uses are told to all, because clients of rev1 count on them
/// without asking. A name without a mailbox is `\NonExistent` and, for those who do not know that word,
/// `\NoSelect`.
///
/// @param appendLimit bytes of the largest message that APPEND takes
/// @param referrals mailboxes on other servers: shown to those who ask for them, RFC 2193 3
record ListHandler(UserMail mail, ResponseWriter out, long appendLimit, Referrals referrals) {

    Reply list(Command.ListMailboxes command, Progress progress) throws IOException {
        ListOptions options = command.options();
        List<ListPattern> patterns = new ArrayList<>();
        for (String pattern : command.patterns()) {
            if (pattern.isEmpty() && !options.extended()) {
                // The separator and the root of the reference: there is one namespace, without a prefix.
                out.list(new ListEntry(List.of("\\NoSelect"), MailboxName.SEPARATOR, ""));
                return Reply.ok("LIST done");
            }
            if (!pattern.isEmpty() || command.patterns().size() == 1) {
                // RFC 5258 3: an empty one among several matches nothing.
                patterns.add(new ListPattern(command.reference(), pattern));
            }
        }
        boolean subscriptions = options.select().contains(Select.SUBSCRIBED)
                || options.returns().contains(Return.SUBSCRIBED);
        ListTree tree =
                new ListTree(mail, subscriptions, referrals, options.select().contains(Select.REMOTE));
        tellParents(tree, patterns, options);
        // What STATUS tells may have to be read first.
        progress.more(tree.nodes().size(), options.status().isEmpty() ? Integer.MAX_VALUE : 1);
        for (ListTree.Node node : tree.nodes()) {
            if (matches(patterns, node)) {
                list(node, patterns, options, subscriptions);
            }
            progress.step();
        }
        return Reply.ok("LIST done");
    }

    private static boolean matches(List<ListPattern> patterns, ListTree.Node node) {
        for (ListPattern pattern : patterns) {
            if (pattern.matches(node.name().value())) {
                return true;
            }
        }
        return false;
    }

    /// Is the name what a pattern that stands alone asks for with its `%`? RFC 3501 6.3.8, RFC 5258 5: example 11
    private static boolean isLevel(List<ListPattern> patterns, ListTree.Node node) {
        return patterns.size() == 1
                && patterns.getFirst().asksForLevels()
                && patterns.getFirst().matches(node.name().value());
    }

    /// Parents are listed for the sake of what lies below and is not listed itself. RFC 9051 6.3.9.6
    private static void tellParents(ListTree tree, List<ListPattern> patterns, ListOptions options) {
        for (ListTree.Node node : tree.nodes()) {
            if (meets(node, options)) {
                node.tellParents(!matches(patterns, node));
            }
        }
    }

    /// Does the name fulfil the selection, apart from the pattern?
    private static boolean meets(ListTree.Node node, ListOptions options) {
        if (options.select().contains(Select.SPECIAL_USE) && node.uses().isEmpty()) {
            return false;
        }
        return options.select().contains(Select.SUBSCRIBED) ? node.subscribed() : node.exists() || node.remote();
    }

    private void list(ListTree.Node node, List<ListPattern> patterns, ListOptions options, boolean subscriptions)
            throws IOException {
        boolean meets = meets(node, options);
        boolean recursive = options.select().contains(Select.RECURSIVEMATCH);
        boolean selecting =
                options.select().contains(Select.SUBSCRIBED) || options.select().contains(Select.SPECIAL_USE);
        // Without a selection a parent that is only a name is shown when the pattern hides what it is the parent
        // of, or asks for levels of hierarchy.
        boolean forChild = node.hiddenChildMeets() && (recursive || !selecting)
                || !meets && !selecting && node.childMeets() && isLevel(patterns, node);
        if (!meets && !forChild) {
            return;
        }
        List<String> childInfo = recursive && node.childMeets() ? criteria(options) : List.of();
        boolean withStatus = meets && node.exists() && !options.status().isEmpty();
        // Asked before the name is told: a mailbox that goes meanwhile must not be told as one that can be
        // selected.
        StatusLook look = withStatus ? look(node) : StatusLook.NOT_ASKED;
        List<String> attributes = attributes(node, node.remote() || node.exists() && !look.gone(), subscriptions);
        if (look.closed()) {
            attributes.addFirst("\\NoSelect");
        }
        out.list(new ListEntry(attributes, MailboxName.SEPARATOR, node.name().value(), childInfo, Optional.empty()));
        if (meets && node.exists() && options.returns().contains(Return.MYRIGHTS)) {
            AclHandler.tell(
                    new AclWriter(out), MailboxRights.of(mail), node.entry().orElseThrow());
        }
        if (meets && node.exists() && !options.metadata().isEmpty()) {
            UserMail.Entry entry = node.entry().orElseThrow();
            MetadataHandler.tell(new MetadataWriter(out), mail, entry, options.metadata());
        }
        if (look.status().isPresent()) {
            new StatusAnswer(
                            node.name().value(),
                            node.id().orElseThrow(),
                            look.status().get(),
                            appendLimit)
                    .tell(out, options.status());
        }
    }

    /// @param gone was the mailbox deleted after the tree was read?
    /// @param closed may the user not read it?
    private record StatusLook(Optional<MailboxStatus> status, boolean gone, boolean closed) {
        static final StatusLook NOT_ASKED = new StatusLook(Optional.empty(), false, false);
    }

    /// What can't be had now is left out, and LIST is answered OK all the same. RFC 5819 2
    private StatusLook look(ListTree.Node node) {
        MailboxId id = node.id().orElseThrow();
        try {
            return MailboxRights.of(mail).in(id).has(Right.READ)
                    ? new StatusLook(Optional.of(mail.status(id)), false, false)
                    : new StatusLook(Optional.empty(), false, true);
        } catch (MailException e) {
            return new StatusLook(Optional.empty(), e.kind() == MailError.NOT_FOUND, false);
        }
    }

    private static List<String> criteria(ListOptions options) {
        List<String> names = new ArrayList<>();
        if (options.select().contains(Select.SUBSCRIBED)) {
            names.add("SUBSCRIBED");
        }
        if (options.select().contains(Select.SPECIAL_USE)) {
            names.add("SPECIAL-USE");
        }
        return names;
    }

    /// All that can be said of one name, subscription included. RFC 5465 5.4, 5.5
    static List<String> attributes(ListTree tree, MailboxName name) {
        ListTree.Node node = tree.at(name);
        return attributes(node, node.exists(), true);
    }

    private static List<String> attributes(ListTree.Node node, boolean exists, boolean subscriptions) {
        List<String> attributes = new ArrayList<>();
        if (!exists) {
            attributes.add("\\NonExistent");
            attributes.add("\\NoSelect");
        }
        if (node.remote()) {
            attributes.add("\\Remote");
        }
        attributes.add(node.hasChildren() ? "\\HasChildren" : "\\HasNoChildren");
        if (subscriptions && node.subscribed()) {
            attributes.add("\\Subscribed");
        }
        attributes.addAll(attributes(node.uses()));
        return attributes;
    }

    static List<String> attributes(Set<SpecialUse> uses) {
        return uses.stream().sorted().map(SpecialUse::attribute).toList();
    }

    /// As LIST, for clients that know the uses only by the names which they had before RFC 6154.
    Reply xlist(Command.Xlist command) throws IOException {
        ListPattern pattern = new ListPattern(command.reference(), command.pattern());
        for (ListTree.Node node : new ListTree(mail, false, referrals, false).nodes()) {
            if (!pattern.matches(node.name().value())) {
                continue;
            }
            List<String> attributes = attributes(node, node.exists(), false);
            if (node.name().isInbox()) {
                attributes.add("\\Inbox");
            }
            for (SpecialUse use : node.uses()) {
                oldName(use).ifPresent(attributes::add);
            }
            out.xlist(
                    new ListEntry(attributes, MailboxName.SEPARATOR, node.name().value()));
        }
        return Reply.ok("XLIST done");
    }

    private static Optional<String> oldName(SpecialUse use) {
        return switch (use) {
            case ALL -> Optional.of("\\AllMail");
            case FLAGGED -> Optional.of("\\Starred");
            case JUNK -> Optional.of("\\Spam");
            case ARCHIVE, DRAFTS, IMPORTANT, SENT, TRASH, MEMOS, SCHEDULED, SNOOZED -> Optional.empty();
        };
    }

    /// Names that are subscribed, existing or not. With `%` a parent whose children are subscribed shows as
    /// `\NoSelect`. RFC 3501 6.3.9
    ///
    /// @param tellsGone show a name that no mailbox has any more as `\NoSelect` too: [Workaround#TB_LSUB_FLAGS]
    Reply lsub(Command.Lsub command, boolean tellsGone) throws IOException {
        tellSubscribed(command.reference(), command.pattern(), tellsGone, false);
        return Reply.ok("LSUB done");
    }

    /// LSUB with mailboxes on other servers. RFC 2193 5.2
    Reply rlsub(Command.Rlsub command, boolean tellsGone) throws IOException {
        tellSubscribed(command.reference(), command.pattern(), tellsGone, true);
        return Reply.ok("RLSUB done");
    }

    /// LIST with mailboxes on other servers. RFC 2193 5.1
    Reply rlist(Command.Rlist command, Progress progress) throws IOException {
        ListOptions options = new ListOptions(false, EnumSet.of(Select.REMOTE), Set.of(), List.of(), List.of());
        list(
                new Command.ListMailboxes(command.tag(), command.reference(), List.of(command.pattern()), options),
                progress);
        return Reply.ok("RLIST done");
    }

    private void tellSubscribed(String reference, String text, boolean tellsGone, boolean remote) throws IOException {
        ListPattern pattern = new ListPattern(reference, text);
        if (text.isEmpty()) {
            out.lsub(new ListEntry(List.of("\\NoSelect"), MailboxName.SEPARATOR, ""));
            return;
        }
        ListTree tree = new ListTree(mail, true, referrals, remote);
        for (ListTree.Node node : tree.nodes()) {
            if (node.subscribed()) {
                node.tellParents(!pattern.matches(node.name().value()));
            }
        }
        for (ListTree.Node node : tree.nodes()) {
            if (pattern.matches(node.name().value()) && (node.subscribed() || node.hiddenChildMeets())) {
                boolean selectable = node.subscribed() && (node.exists() || node.remote() || !tellsGone);
                List<String> attributes = selectable ? List.of() : List.of("\\NoSelect");
                out.lsub(new ListEntry(
                        attributes, MailboxName.SEPARATOR, node.name().value()));
            }
        }
    }
}
