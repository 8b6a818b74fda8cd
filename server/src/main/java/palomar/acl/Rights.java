package palomar.acl;

import java.util.Optional;

/// A set of rights. RFC 4314 2.1
///
/// @param bits one for each [Right], by its ordinal
public record Rights(int bits) {
    public static final Rights NONE = new Rights(0);
    public static final Rights ALL = new Rights((1 << Right.values().length) - 1);

    /// What `c` stands for, the old right to make and delete mailboxes; as in Dovecot. RFC 4314 2.1.1
    public static final Rights OLD_CREATE = of(Right.CREATE, Right.DELETE);

    /// What `d` stands for, the old right to delete messages.
    public static final Rights OLD_DELETE = of(Right.DELETED, Right.EXPUNGE);

    /// The owner of a mailbox has these whatever its list says: he can't lock himself out.
    public static final Rights OWNERS = of(Right.LOOKUP, Right.ADMINISTER);

    public Rights {
        bits &= (1 << Right.values().length) - 1;
    }

    public static Rights of(Right... rights) {
        int bits = 0;
        for (Right right : rights) {
            bits |= right.bit();
        }
        return new Rights(bits);
    }

    /// What a letter stands for, `c` and `d` among them; empty for one that is no right.
    public static Optional<Rights> of(char letter) {
        for (Right right : Right.values()) {
            if (right.letter() == letter) {
                return Optional.of(of(right));
            }
        }
        return switch (letter) {
            case 'c' -> Optional.of(OLD_CREATE);
            case 'd' -> Optional.of(OLD_DELETE);
            default -> Optional.empty();
        };
    }

    /// The rights whose letters `text` has; letters that are none count for nothing, so that a list which a
    /// younger version has written grants at most what it says.
    public static Rights ofLetters(String text) {
        Rights rights = NONE;
        for (int i = 0; i < text.length(); i++) {
            rights = rights.plus(of(text.charAt(i)).orElse(NONE));
        }
        return rights;
    }

    public boolean has(Right right) {
        return (bits & right.bit()) != 0;
    }

    public boolean hasAll(Rights others) {
        return (bits & others.bits) == others.bits;
    }

    public boolean hasAny(Rights others) {
        return (bits & others.bits) != 0;
    }

    public Rights plus(Rights more) {
        return new Rights(bits | more.bits);
    }

    public Rights minus(Rights less) {
        return new Rights(bits & ~less.bits);
    }

    /// Their letters in the order of RFC 4314 2.1: `lrswipkxtea`, then `n` of RFC 5257.
    public String letters() {
        StringBuilder text = new StringBuilder();
        for (Right right : Right.values()) {
            if (has(right)) {
                text.append(right.letter());
            }
        }
        return text.toString();
    }

    /// The same with `c` and `d` where a part of them is granted, for clients of RFC 2086. RFC 4314 2.1.1
    public String lettersWithOld() {
        return letters() + (hasAny(OLD_CREATE) ? "c" : "") + (hasAny(OLD_DELETE) ? "d" : "");
    }

    @Override
    public String toString() {
        return letters();
    }
}
