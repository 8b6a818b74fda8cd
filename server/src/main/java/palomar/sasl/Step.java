package palomar.sasl;

/// What a mechanism wants next.
public sealed interface Step {

    /// Send these bytes and feed the answer to [Mechanism#answer]. May be empty.
    record Challenge(byte[] data) implements Step {
        @Override
        public String toString() {
            return "Challenge[" + data.length + " bytes]";
        }
    }

    /// The exchange is over: the client claims to be `authcid` and sent his password. RFC 4616 2
    ///
    /// @param authcid whose password it is; prepared, not empty
    /// @param authzid as whom he wants to act; the same as `authcid` unless he named someone
    /// @param password the octets as they came; whoever takes this step wipes them
    record PasswordGiven(String authcid, String authzid, byte[] password) implements Step {
        @Override
        public String toString() {
            return "PasswordGiven[" + authcid + "]";
        }
    }

    /// The client broke the mechanism's rules; the exchange is over.
    ///
    /// @param textForClient one line of ASCII that says what was expected; holds nothing the client sent
    record Failed(String textForClient) implements Step {}
}
