package palomar.sieve;

/// Something that a script may `require`. RFC 5228 6
///
/// Stateless: what belongs to a script is in its [Scope], what belongs to a run in the [Run].
public interface Extension {
    /// The capability, as in `require`. Case matters.
    String name();

    /// Says once what the extension adds to the language.
    void declare(Declarations declarations);
}
