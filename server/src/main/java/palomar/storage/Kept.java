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

    /// Those of a message's annotations that are kept. What others have for themselves is theirs and stays behind.
    public NamedValues of(NamedValues annotations) {
        return annotations.only(name -> own && name.startsWith(Mailbox.PRIVATE_ANNOTATION)
                || shared && name.startsWith(Mailbox.SHARED_ANNOTATION));
    }
}
