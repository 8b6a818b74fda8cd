package palomar.imap;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.storage.UserMail;

/// Names that clients give to the mailboxes they make for drafts, sent mail and the like. Decision 0040.
///
/// A client that makes `Trash` without saying what it is for shall find it as `\Trash` from its next LIST on, and
/// so shall the user's other clients. RFC 6154 2 leaves to the server which mailbox gets which attribute.
final class UsualNames {
    private static final Map<String, SpecialUse> USES = Map.ofEntries(
            Map.entry("drafts", SpecialUse.DRAFTS),
            Map.entry("sent", SpecialUse.SENT),
            Map.entry("sent items", SpecialUse.SENT),
            Map.entry("sent messages", SpecialUse.SENT),
            Map.entry("junk", SpecialUse.JUNK),
            Map.entry("spam", SpecialUse.JUNK),
            Map.entry("trash", SpecialUse.TRASH),
            Map.entry("deleted items", SpecialUse.TRASH),
            Map.entry("deleted messages", SpecialUse.TRASH),
            Map.entry("archive", SpecialUse.ARCHIVE),
            Map.entry("archives", SpecialUse.ARCHIVE));

    private UsualNames() {}

    /// The use of a new mailbox by its name, in any case, at the top level; none when another mailbox has that
    /// use.
    static Set<SpecialUse> usesFor(MailboxName name, List<UserMail.Entry> existing) {
        SpecialUse use = USES.get(name.value().toLowerCase(Locale.ROOT));
        boolean taken =
                existing.stream().anyMatch(entry -> use != null && entry.uses().contains(use));
        return use == null || taken ? Set.of() : Set.of(use);
    }
}
