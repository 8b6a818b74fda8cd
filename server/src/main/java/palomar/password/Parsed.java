package palomar.password;

/// A stored password taken apart.
sealed interface Parsed {

    /// Raw data of a scheme.
    record Known(Scheme scheme, byte[] data) implements Parsed {}

    /// UNKNOWN_SCHEME or MALFORMED.
    record Unusable(Verdict why) implements Parsed {}

    /// Compares in place, whatever it costs.
    default Verdict verify(byte[] password) {
        return switch (this) {
            case Known(Scheme scheme, byte[] data) -> scheme.verify(password, data);
            case Unusable(Verdict why) -> why;
        };
    }
}
