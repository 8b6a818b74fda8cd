package palomar.sasl;

/// One exchange of one SASL mechanism, seen from the server. RFC 4422 3
///
/// Call [#start] once, or, when the client sent an initial response, [#answer] at once; then [#answer] for each
/// response until the step is not a [Step.Challenge]. Not safe for threads; used once.
public interface Mechanism {
    /// The registered name in upper case.
    String name();

    /// The first step without an initial response: the server's first challenge, empty where the client
    /// speaks first.
    Step start();

    /// Takes a response, decoded. The array stays the caller's, who wipes it.
    Step answer(byte[] response);

    /// Goes on after [Step.SaltNeeded]; the arrays are not kept.
    default Step salted(byte[] salt, int iterations) {
        throw new IllegalStateException(name() + " needs no salt");
    }
}
