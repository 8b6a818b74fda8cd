package palomar.storage.loft.v1;

import java.util.concurrent.ConcurrentHashMap;
import palomar.mail.MailboxName;

/// One object for each of the names that most users' mailboxes have: INBOX, Sent, Trash and so on. Safe for many
/// threads.
final class Names {
    private static final int MOST = 4096;

    private final ConcurrentHashMap<String, MailboxName> known = new ConcurrentHashMap<>();

    MailboxName of(MailboxName name) {
        if (name.isInbox()) {
            return MailboxName.INBOX;
        }
        MailboxName same = known.get(name.value());
        if (same != null) {
            return same;
        }
        if (known.size() < MOST) {
            known.put(name.value(), name);
        }
        return name;
    }
}
