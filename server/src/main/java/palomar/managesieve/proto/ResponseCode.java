package palomar.managesieve.proto;

/// What a response says in a form that clients can act on. RFC 5804 1.3
public sealed interface ResponseCode {

    /// Codes without arguments.
    enum Plain implements ResponseCode {
        AUTH_TOO_WEAK("AUTH-TOO-WEAK"),
        ENCRYPT_NEEDED("ENCRYPT-NEEDED"),
        QUOTA("QUOTA"),
        QUOTA_MAXSCRIPTS("QUOTA/MAXSCRIPTS"),
        QUOTA_MAXSIZE("QUOTA/MAXSIZE"),
        TRANSITION_NEEDED("TRANSITION-NEEDED"),
        TRYLATER("TRYLATER"),
        ACTIVE("ACTIVE"),
        NONEXISTENT("NONEXISTENT"),
        ALREADYEXISTS("ALREADYEXISTS"),
        WARNINGS("WARNINGS");

        private final String word;

        Plain(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /// `SASL` with the mechanism's last data, in base64.
    record Sasl(String base64) implements ResponseCode {}

    /// `REFERRAL` with a Sieve URL of a server.
    record Referral(String url) implements ResponseCode {}

    /// `TAG` with what the client sent.
    record Tag(byte[] text) implements ResponseCode {}
}
