package palomar.storage;

import palomar.mail.FlagMask;

/// What copies have of what their originals have.
///
/// @param own annotations of the user himself
/// @param shared annotations that all see
public record Kept(FlagMask flags, boolean own, boolean shared) {
    public static final Kept ALL = new Kept(FlagMask.ALL, true, true);

    /// Only these flags, and all annotations.
    public static Kept of(FlagMask flags) {
        return new Kept(flags, true, true);
    }

    /// For a mailbox of another user.
    public Kept forAnother() {
        return new Kept(flags, false, shared);
    }

    /// Those of a message's annotations that are kept.
    public NamedValues of(NamedValues annotations) {
        if (annotations.isEmpty() || own && shared) {
            return annotations;
        }
        NamedValues rest = own ? annotations : annotations.without(Mailbox.PRIVATE_ANNOTATION);
        return shared ? rest : rest.only(Mailbox.PRIVATE_ANNOTATION);
    }
}
