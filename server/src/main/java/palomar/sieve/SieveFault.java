package palomar.sieve;

import palomar.sieve.syntax.Position;

/// A run-time error of a script: the run is over, and the message is kept. RFC 5228 2.10.6
///
/// The message says what is wrong, without the place.
public final class SieveFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Position at;

    public SieveFault(Position at, String text) {
        super(text, null, false, false);
        this.at = at;
    }

    public Position at() {
        return at;
    }

    /// The text; never null.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
