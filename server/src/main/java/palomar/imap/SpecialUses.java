package palomar.imap;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import palomar.mail.SpecialUse;
import palomar.storage.UserMail;

/// Which uses a mailbox may have, and how they are given by CREATE and by SETMETADATA. RFC 6154 3, 4
///
/// One mailbox has a use: who gets it takes it from the one that had it. `\All` and `\Flagged` promise that a
/// mailbox shows messages of others, which no mailbox does here.
final class SpecialUses {
    /// The annotation that shows and sets them.
    static final String ENTRY = "/private/specialuse";

    private static final Set<SpecialUse> VIRTUAL = Set.copyOf(EnumSet.of(SpecialUse.ALL, SpecialUse.FLAGGED));

    private SpecialUses() {}

    /// The first of them that can't be given.
    static Optional<SpecialUse> impossible(Set<SpecialUse> uses) {
        return uses.stream().filter(VIRTUAL::contains).findFirst();
    }

    /// As the annotation's value; none: NIL.
    static Optional<byte[]> value(Set<SpecialUse> uses) {
        if (uses.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(String.join(" ", ListHandler.attributes(uses)).getBytes(StandardCharsets.US_ASCII));
    }

    /// What a value names; empty when it is not a list of uses that can be given.
    static Optional<Set<SpecialUse>> parse(Optional<byte[]> value) {
        Set<SpecialUse> uses = EnumSet.noneOf(SpecialUse.class);
        if (value.isPresent()) {
            String text = new String(value.get(), StandardCharsets.ISO_8859_1);
            for (String word : List.of(text.split(" ", -1))) {
                Optional<SpecialUse> use = SpecialUse.parse(word);
                if (use.isEmpty() || VIRTUAL.contains(use.get())) {
                    return Optional.empty();
                }
                uses.add(use.get());
            }
        }
        return Optional.of(uses);
    }

    /// Takes uses from all mailboxes but the one that has just got them.
    ///
    /// @return who lost some, with what is left
    static Map<UserMail.Entry, Set<SpecialUse>> takeFromOthers(
            UserMail mail, UserMail.Entry owner, Set<SpecialUse> uses) {
        Map<UserMail.Entry, Set<SpecialUse>> losers = new LinkedHashMap<>();
        for (UserMail.Entry entry : mail.mailboxes()) {
            if (entry.id().equals(owner.id()) || entry.uses().stream().noneMatch(uses::contains)) {
                continue;
            }
            Set<SpecialUse> left = EnumSet.copyOf(entry.uses());
            left.removeAll(uses);
            StandingMailboxes.choose(mail, entry, left);
            losers.put(entry, left);
        }
        return losers;
    }
}
