package palomar.acl;

import java.util.Comparator;

/// Whom an entry of a list is about, as Dovecot spells it: `anyone`, `authenticated`, `$group`, `owner`, a user's
/// name, `!$group` (a group that counts before the user's own entry); behind `-` the entry takes rights away.
/// RFC 4314 2
///
/// @param name of the user or group; empty for the other kinds
public record Identifier(boolean negative, Kind kind, String name) implements Comparable<Identifier> {

    /// From the least specific to what counts before all others.
    public enum Kind {
        ANYONE,
        AUTHENTICATED,
        GROUP,
        OWNER,
        USER,
        GROUP_OVERRIDE
    }

    /// The owner's own entry.
    public static final Identifier OWNER = new Identifier(false, Kind.OWNER, "");

    private static final Comparator<Identifier> ORDER = Comparator.comparing(Identifier::negative)
            .thenComparing(identifier -> identifier.kind != Kind.OWNER)
            .thenComparing(Identifier::kind)
            .thenComparing(Identifier::name);

    /// What a text names. Case counts, also in the words.
    ///
    /// @param text not empty; `-` alone and a group without a name are users of that name, whom nobody is
    public static Identifier parse(String text) {
        boolean negative = text.length() > 1 && text.charAt(0) == '-';
        String rest = negative ? text.substring(1) : text;
        return switch (rest) {
            case "anyone" -> new Identifier(negative, Kind.ANYONE, "");
            case "authenticated" -> new Identifier(negative, Kind.AUTHENTICATED, "");
            case "owner" -> new Identifier(negative, Kind.OWNER, "");
            default -> {
                if (rest.length() > 1 && rest.startsWith("$")) {
                    yield new Identifier(negative, Kind.GROUP, rest.substring(1));
                }
                if (rest.length() > 2 && rest.startsWith("!$")) {
                    yield new Identifier(negative, Kind.GROUP_OVERRIDE, rest.substring(2));
                }
                yield new Identifier(negative, Kind.USER, rest);
            }
        };
    }

    /// The same for another user name.
    public Identifier withUser(String user) {
        return new Identifier(negative, Kind.USER, user);
    }

    /// The one spelling under which it is kept: the owner's name is `owner`.
    public Identifier inListOf(String owner) {
        return kind == Kind.USER && name.equals(owner) ? new Identifier(negative, Kind.OWNER, "") : this;
    }

    /// How clients see it: the owner by his name, where there is one.
    public String shown(String owner) {
        return kind == Kind.OWNER && !owner.isEmpty() ? (negative ? "-" : "") + owner : text();
    }

    /// As [#parse] reads it.
    public String text() {
        String text = switch (kind) {
            case ANYONE -> "anyone";
            case AUTHENTICATED -> "authenticated";
            case OWNER -> "owner";
            case USER -> name;
            case GROUP -> "$" + name;
            case GROUP_OVERRIDE -> "!$" + name;
        };
        return negative ? "-" + text : text;
    }

    /// Is `who` among those meant, in a mailbox of `owner`?
    boolean means(Who who, String owner) {
        return switch (kind) {
            case ANYONE, AUTHENTICATED -> true;
            case OWNER -> who.is(owner);
            case USER -> who.is(name);
            case GROUP, GROUP_OVERRIDE -> who.groups().contains(name);
        };
    }

    /// The owner first, those that take away last, by kind and name between.
    @Override
    public int compareTo(Identifier other) {
        return ORDER.compare(this, other);
    }
}
