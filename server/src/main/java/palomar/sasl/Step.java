package palomar.sasl;

import palomar.password.ScramHash;

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

    /// The client claims to be `authcid`; [Mechanism#salted] goes on with the salt of his keys, or one made up.
    record SaltNeeded(String authcid, ScramHash hash) implements Step {}

    /// The exchange is over, but for the mechanism's last word to the client: he claims to be `authcid` and sent
    /// what only one who knows the password can have made.
    ///
    /// @param authcid whose password it is; prepared, not empty
    /// @param authzid as whom he wants to act; the same as `authcid` unless he named someone
    record ProofGiven(String authcid, String authzid, Proof proof) implements Step {}

    /// The client broke the mechanism's rules; the exchange is over.
    ///
    /// @param textForClient one line of ASCII that says what was expected; holds nothing the client sent
    record Failed(String textForClient) implements Step {}
}
