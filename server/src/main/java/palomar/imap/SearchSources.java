package palomar.imap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import palomar.imap.proto.SearchSource;
import palomar.mail.MailException;
import palomar.mail.MailboxId;
import palomar.mail.MailboxName;
import palomar.storage.UserMail;

/// The mailboxes that the sources of an ESEARCH name, each once. RFC 7377 2.2, RFC 5465 6
///
/// Names that are none, or of no mailbox, are passed over, so that nothing can be learnt from them; and so are
/// mailboxes that the user may not read or, unless he names them, not see.
final class SearchSources {
    private final UserMail mail;
    private final MailboxRights rights;
    private final List<UserMail.Entry> all;
    private final Map<MailboxId, UserMail.Entry> named = new LinkedHashMap<>();

    private SearchSources(UserMail mail) {
        this.mail = mail;
        this.rights = MailboxRights.of(mail);
        this.all = mail.mailboxes().stream().filter(rights::sees).toList();
    }

    /// @param selected what the word `selected` means; none when no mailbox is selected
    static Collection<UserMail.Entry> of(UserMail mail, List<SearchSource> sources, Optional<UserMail.Entry> selected) {
        SearchSources found = new SearchSources(mail);
        for (SearchSource source : sources) {
            switch (source) {
                case SearchSource.Group group -> found.add(group, selected);
                case SearchSource.Mailboxes(List<String> names) -> found.addNamed(names);
                case SearchSource.Subtree(List<String> names) -> found.addBelow(names, MailboxName.MAX_DEPTH);
                case SearchSource.SubtreeOne(List<String> names) -> found.addBelow(names, 1);
            }
        }
        return found.named.values();
    }

    private void add(SearchSource.Group group, Optional<UserMail.Entry> selected) {
        switch (group) {
            case SELECTED -> selected.ifPresent(this::add);
            // Mail may be delivered to any of them: by detail addresses and by scripts. RFC 5465 6.2
            case INBOXES, PERSONAL -> all.forEach(this::add);
            case SUBSCRIBED -> {
                SortedSet<MailboxName> subscriptions = mail.subscriptions();
                for (UserMail.Entry entry : all) {
                    if (subscriptions.contains(entry.name())) {
                        add(entry);
                    }
                }
            }
        }
    }

    private void add(UserMail.Entry entry) {
        if (rights.reads(entry)) {
            named.putIfAbsent(entry.id(), entry);
        }
    }

    private void addNamed(List<String> names) {
        for (MailboxName name : names(names)) {
            mail.find(name).ifPresent(this::add);
        }
    }

    /// Those of the names and what is at most so many levels below them; the name itself may be a mere parent.
    private void addBelow(List<String> names, int levels) {
        for (MailboxName root : names(names)) {
            for (UserMail.Entry entry : all) {
                MailboxName name = entry.name();
                if (name.equals(root) || name.isBelow(root) && depthBelow(name, root) <= levels) {
                    add(entry);
                }
            }
        }
    }

    private static int depthBelow(MailboxName name, MailboxName root) {
        int depth = 0;
        for (int i = root.value().length(); i < name.value().length(); i++) {
            depth += name.value().charAt(i) == MailboxName.SEPARATOR ? 1 : 0;
        }
        return depth;
    }

    private static List<MailboxName> names(List<String> texts) {
        List<MailboxName> names = new ArrayList<>();
        for (String text : texts) {
            try {
                names.add(Names.of(text));
            } catch (MailException noName) {
                // There can be no such mailbox.
            }
        }
        return names;
    }
}
