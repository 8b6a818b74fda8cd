package palomar.acl;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// A mailbox's list, as of one moment. Immutable. RFC 4314 2
///
/// @param owner whose mailbox it is; empty for a public one
/// @param entries rights granted or, to negative identifiers, taken; the owner is `owner` in it. No entry for him
/// means
///     that he has all rights; one without rights that he has only [Rights#OWNERS]
public record AccessList(String owner, SortedMap<Identifier, Rights> entries) {
    public AccessList {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /// A mailbox without a list of its own: all for the owner, nothing for others.
    public static AccessList usual(String owner) {
        return new AccessList(owner, Collections.emptySortedMap());
    }

    /// What somebody may do.
    ///
    /// As in Dovecot the most specific kind of identifier decides ([Identifier.Kind] in its order); entries of
    /// several groups add up. Whoever owns the mailbox is not touched by what `anyone`, `authenticated` and plain
    /// groups get or lose. What negative identifiers take away is gone whichever entry had granted it.
    public Rights of(Who who) {
        boolean owns = who.is(owner);
        if (entries.isEmpty()) {
            return owns ? Rights.ALL : Rights.NONE;
        }
        Rights granted = owns ? Rights.ALL : Rights.NONE;
        Rights taken = Rights.NONE;
        Identifier.Kind decides = owns ? Identifier.Kind.OWNER : Identifier.Kind.ANYONE;
        boolean decided = false;
        for (var entry : entries.entrySet()) {
            Identifier identifier = entry.getKey();
            boolean below = owns && identifier.kind().compareTo(Identifier.Kind.OWNER) < 0;
            if (below || !identifier.means(who, owner)) {
                continue;
            }
            if (identifier.negative()) {
                taken = taken.plus(entry.getValue());
            } else if (decided && identifier.kind() == decides) {
                granted = granted.plus(entry.getValue());
            } else if (identifier.kind().compareTo(decides) >= 0) {
                granted = entry.getValue();
                decides = identifier.kind();
                decided = true;
            }
        }
        Rights left = granted.minus(taken);
        return owns ? left.plus(Rights.OWNERS) : left;
    }

    /// What the list says of one identifier, before negative ones.
    public Rights entry(Identifier identifier) {
        return entries.getOrDefault(identifier, withoutEntry(identifier));
    }

    /// What it would say without an entry for it.
    public Rights withoutEntry(Identifier identifier) {
        return isOwner(identifier) ? Rights.ALL : Rights.NONE;
    }

    /// Rights that an identifier has always; all others may be granted to it one by one. RFC 4314 3.7
    public Rights always(Identifier identifier) {
        return isOwner(identifier) ? Rights.OWNERS : Rights.NONE;
    }

    private boolean isOwner(Identifier identifier) {
        return identifier.equals(Identifier.OWNER) && !owner.isEmpty();
    }

    /// The list as it is shown: with the owner's usual rights, unless they were deleted.
    public SortedMap<Identifier, Rights> shown() {
        SortedMap<Identifier, Rights> shown = new TreeMap<>(entries);
        if (!owner.isEmpty()) {
            Rights his = entry(Identifier.OWNER);
            shown.remove(Identifier.OWNER);
            if (!his.equals(Rights.NONE)) {
                shown.put(Identifier.OWNER, his.plus(Rights.OWNERS));
            }
        }
        return shown;
    }
}
